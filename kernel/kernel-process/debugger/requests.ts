// Requests and replies of the Debug Adapter Protocol, with those that Jupyter adds: what each takes and what
// its reply's body is. https://microsoft.github.io/debug-adapter-protocol/specification and Jupyter's
// messaging specification, "debug_request".

import type { DebugProtocol } from '@vscode/debugprotocol';
import type { MimeBundle } from '../../conversations/session';
import type { FileNaming } from './cell-files';

type Nothing = object | undefined;

export interface DebugRequests {
  initialize: { takes: DebugProtocol.InitializeRequestArguments; gives: DebugProtocol.Capabilities };
  attach: { takes: Nothing; gives: Nothing };
  configurationDone: { takes: Nothing; gives: Nothing };
  disconnect: { takes: Nothing; gives: Nothing };
  threads: { takes: Nothing; gives: DebugProtocol.ThreadsResponse['body'] };
  setBreakpoints: {
    takes: DebugProtocol.SetBreakpointsArguments;
    gives: DebugProtocol.SetBreakpointsResponse['body'];
  };
  setExceptionBreakpoints: { takes: DebugProtocol.SetExceptionBreakpointsArguments; gives: Nothing };
  continue: { takes: DebugProtocol.ContinueArguments; gives: DebugProtocol.ContinueResponse['body'] };
  next: { takes: DebugProtocol.NextArguments; gives: Nothing };
  stepIn: { takes: DebugProtocol.StepInArguments; gives: Nothing };
  stepOut: { takes: DebugProtocol.StepOutArguments; gives: Nothing };
  pause: { takes: DebugProtocol.PauseArguments; gives: Nothing };
  stackTrace: { takes: DebugProtocol.StackTraceArguments; gives: DebugProtocol.StackTraceResponse['body'] };
  scopes: { takes: DebugProtocol.ScopesArguments; gives: DebugProtocol.ScopesResponse['body'] };
  variables: { takes: DebugProtocol.VariablesArguments; gives: DebugProtocol.VariablesResponse['body'] };
  setVariable: {
    takes: DebugProtocol.SetVariableArguments;
    gives: DebugProtocol.SetVariableResponse['body'];
  };
  evaluate: { takes: DebugProtocol.EvaluateArguments; gives: DebugProtocol.EvaluateResponse['body'] };
  exceptionInfo: {
    takes: DebugProtocol.ExceptionInfoArguments;
    gives: DebugProtocol.ExceptionInfoResponse['body'];
  };
  source: { takes: DebugProtocol.SourceArguments; gives: DebugProtocol.SourceResponse['body'] };
  modules: { takes: Nothing; gives: DebugProtocol.ModulesResponse['body'] };
  debugInfo: { takes: Nothing; gives: DebugInfo };
  dumpCell: { takes: { code: string }; gives: { sourcePath: string } };
  inspectVariables: { takes: Nothing; gives: DebugProtocol.VariablesResponse['body'] };
  richInspectVariables: {
    takes: { variableName: string; frameId?: number };
    gives: { data: MimeBundle; metadata: object };
  };
  copyToGlobals: {
    takes: { srcVariableName: string; dstVariableName: string; srcFrameId: number };
    gives: DebugProtocol.SetVariableResponse['body'];
  };
}

export interface DebugInfo extends FileNaming {
  isStarted: boolean;
  breakpoints: { source: string; breakpoints: DebugProtocol.SourceBreakpoint[] }[];
  stoppedThreads: number[];
  richRendering: boolean;
  exceptionPaths: string[];
  copyToGlobals: boolean;
}

export type DebugCommand = keyof DebugRequests;

export type DebugHandlers = {
  [C in DebugCommand]: (given: DebugRequests[C]['takes']) => Promise<DebugRequests[C]['gives']>;
};
