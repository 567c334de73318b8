/**
 * What a host of ParLab programs, such as the kernel, plugs in: where output goes and what work it belongs
 * to.
 *
 * @module parlab/host
 */
import { loadTogether } from './system/load-together';

loadTogether(module, __dirname);

export { registerSourceMap } from './capture/source-maps';
export { DeadlockError } from './deadlock/deadlock-error';
export { hangPicture } from './deadlock/hang-picture';
export { becomeHostProcess } from './deadlock/host-process';
export { type LastingWait, type WaitWatch, watchWaits } from './deadlock/lasting-waits';
export { waitChain } from './deadlock/wait-chain';
export { standstillOfWaits } from './deadlock/waits-of-host';
export { ParallelError } from './errors';
export { type Definition, type Definitions, setDefinitions } from './host/definitions';
export { errorProperties } from './host/error-properties';
export { escapeHtml } from './host/escape-html';
export { type Frame, FrameDecoder, type FrameKind, type Writer } from './host/frames';
export { type PictureDisplay, type ShownPicture, setPictureDisplay } from './host/live-picture';
export { cellTag, type HostOutput, setOutput, writeToHost } from './host/output';
export { type Panel, type PanelButton, type PanelDisplay, setPanelDisplay } from './host/panel';
export { type ProgressDisplay, setProgressDisplay } from './host/progress';
export { counted, progressLine, type ShownProgress } from './host/progress-line';
export { type Prompt, setPrompt } from './host/prompt';
export { quietOwnWarnings } from './host/quiet-warnings';
export { rememberBuiltIns, replacedBuiltIns } from './host/replaced-built-ins';
export { report } from './host/report';
export { beginningOf } from './host/shorten';
export { replaceStandardStreams, reviveStandardStreams } from './host/standard-streams';
export { svgImage } from './host/svg-image';
export { provideModules } from './identity/provided-modules';
export { setInspectorSocket } from './inspector/inspector-socket';
export { ffiStatus } from './memory/memory';
export { childrenOf, type LivingChild, livingChildren } from './process/children';
export { type ObservedProcess, observeProcesses, type ProcessObserver } from './process/observer';
export { childrenStandStill } from './process/standing-children';
export { emptyStock, prewarm } from './start/stock';
export { continueAlike } from './sync/task';
export { type FramePlace, placeOfFrame } from './system/frame-place';
export { whatElseKeepsLoop } from './system/loop-end';
export { markTrace } from './trace/marks';
export { traceFromStart } from './trace/start-trace';
export { setAmbientSignal } from './waiting/wake';
