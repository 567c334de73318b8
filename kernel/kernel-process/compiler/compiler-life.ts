// The life of a notebook's compiler, over all the processes that are it one after the other. A pure function:
// who acts on it is `RemoteCells`.

export type Phase =
  /** No compiler has been needed yet. */
  | 'unborn'
  /** Its process starts, and is told what the one before it knew. Questions wait in its pipe. */
  | 'thawing'
  | 'awake'
  /** It has not been asked for long: it is asked what it knows, and ends with the answer. */
  | 'drowsy'
  /** There is no process. The kernel keeps what it knew. */
  | 'asleep'
  /** Its process ended by itself, or was ended. The kernel keeps the cells that had gone well. */
  | 'dead'
  /** The kernel ends. */
  | 'closed';

export type LifeEvent =
  /** An answer is wanted. */
  | 'asked'
  | 'ready'
  /** It has not been asked for so long. */
  | 'idle'
  /** It has told what it knows. */
  | 'remembered'
  | 'ended'
  | 'closed';

const nextPhases: { readonly [P in Phase]: { readonly [E in LifeEvent]?: Phase } } = {
  unborn: { asked: 'thawing' },
  thawing: { ready: 'awake', ended: 'dead' },
  awake: { idle: 'drowsy', ended: 'dead' },
  // A question at the last moment keeps it awake: what it was about to remember is not all any more.
  drowsy: { asked: 'awake', remembered: 'asleep', ended: 'dead' },
  asleep: { asked: 'thawing' },
  dead: { asked: 'thawing' },
  closed: {},
};

export function nextPhase(phase: Phase, event: LifeEvent): Phase {
  return event === 'closed' ? 'closed' : (nextPhases[phase][event] ?? phase);
}

/** Whether there is a process. */
export function hasProcess(phase: Phase): boolean {
  return phase === 'thawing' || phase === 'awake' || phase === 'drowsy';
}
