// What the kernel needs of the sockets. zeromq.ts implements it; the tests have one in memory.

/** The channels where front ends ask; stdin is where the kernel does. */
export type AskingChannel = 'shell' | 'control' | 'stdin';
export type Channel = AskingChannel | 'iopub';
export const channels = ['shell', 'control', 'stdin', 'iopub'] as const satisfies readonly Channel[];

export interface TransportEvents {
  message(channel: AskingChannel, frames: Buffer[]): void;
  /** A front end now listens to the iopub messages whose topic begins with this. */
  subscribed(topic: string): void;
}

/** The ports where a kernel listens. */
export interface Ports {
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  hb_port: number;
  control_port: number;
}

export interface Transport {
  readonly ports: Ports;
  open(on: TransportEvents): Promise<void>;
  /**
   * Resolves when the socket took the message. Never called again before that, per channel. `isPatient`:
   * front ends that read slowly are waited for.
   */
  send(channel: Channel, frames: (string | Buffer)[], isPatient: boolean): Promise<void>;
  /** Goes on delivering what it took, for so long if a front end does not take it. */
  close(lingerMs?: number): void;
}
