// What a front end may ask of this debugger.

import type { DebugProtocol } from '@vscode/debugprotocol';
import { exceptionFilters } from './exceptions';

export const capabilities: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsEvaluateForHovers: true,
  supportsSetVariable: true,
  supportsExceptionInfoRequest: true,
  supportsModulesRequest: true,
  exceptionBreakpointFilters: exceptionFilters.map((each) => ({ ...each, default: false })),
};
