// The part of the Chrome DevTools Protocol that the debugger speaks: each method, what it takes and what it
// gives.

import type { Debugger, Runtime } from 'node:inspector';

interface Nothing {
  readonly [name: string]: never;
}

export interface InspectorMethods {
  'Debugger.enable': { takes: Nothing; gives: Debugger.EnableReturnType };
  'Debugger.disable': { takes: Nothing; gives: Nothing };
  'Debugger.resume': { takes: { terminateOnResume?: boolean }; gives: Nothing };
  'Debugger.pause': { takes: Nothing; gives: Nothing };
  'Debugger.stepOver': { takes: Nothing; gives: Nothing };
  'Debugger.stepInto': { takes: Nothing; gives: Nothing };
  'Debugger.stepOut': { takes: Nothing; gives: Nothing };
  'Debugger.setBlackboxPatterns': { takes: Debugger.SetBlackboxPatternsParameterType; gives: Nothing };
  'Debugger.setAsyncCallStackDepth': { takes: Debugger.SetAsyncCallStackDepthParameterType; gives: Nothing };
  'Debugger.setPauseOnExceptions': { takes: Debugger.SetPauseOnExceptionsParameterType; gives: Nothing };
  'Debugger.setBreakpointByUrl': {
    takes: Debugger.SetBreakpointByUrlParameterType;
    gives: Debugger.SetBreakpointByUrlReturnType;
  };
  'Debugger.setBreakpoint': {
    takes: Debugger.SetBreakpointParameterType;
    gives: Debugger.SetBreakpointReturnType;
  };
  'Debugger.getPossibleBreakpoints': {
    takes: Debugger.GetPossibleBreakpointsParameterType;
    gives: Debugger.GetPossibleBreakpointsReturnType;
  };
  'Debugger.removeBreakpoint': { takes: Debugger.RemoveBreakpointParameterType; gives: Nothing };
  'Debugger.getScriptSource': {
    takes: Debugger.GetScriptSourceParameterType;
    gives: Debugger.GetScriptSourceReturnType;
  };
  'Debugger.evaluateOnCallFrame': {
    takes: Debugger.EvaluateOnCallFrameParameterType & { timeout?: number };
    gives: Debugger.EvaluateOnCallFrameReturnType;
  };
  'Debugger.setVariableValue': { takes: Debugger.SetVariableValueParameterType; gives: Nothing };
  'Runtime.evaluate': {
    takes: Runtime.EvaluateParameterType & { timeout?: number; throwOnSideEffect?: boolean };
    gives: Runtime.EvaluateReturnType;
  };
  'Runtime.callFunctionOn': {
    takes: Runtime.CallFunctionOnParameterType;
    gives: Runtime.CallFunctionOnReturnType;
  };
  'Runtime.getProperties': {
    takes: Runtime.GetPropertiesParameterType;
    gives: Runtime.GetPropertiesReturnType;
  };
  'Runtime.releaseObjectGroup': { takes: Runtime.ReleaseObjectGroupParameterType; gives: Nothing };
}

export type InspectorMethod = keyof InspectorMethods;

export type InspectorEvent =
  | { method: 'Debugger.scriptParsed'; params: Debugger.ScriptParsedEventDataType }
  | { method: 'Debugger.paused'; params: Debugger.PausedEventDataType }
  | { method: 'Debugger.resumed'; params: Nothing };
