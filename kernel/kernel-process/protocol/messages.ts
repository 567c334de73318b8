// Every message of the Jupyter protocol that this kernel takes or sends, in one table: types, checks and
// tests come from it. https://jupyter-client.readthedocs.io/en/stable/messaging.html

import {
  anything,
  type Described,
  dictionary,
  either,
  flag,
  integer,
  list,
  maybe,
  number,
  object,
  oneOf,
  otherwise,
  type Shape,
  text,
} from './shape';

export const protocolVersion = '5.5';

const error = { ename: text, evalue: text, traceback: list(text) };
const failed = object({ status: oneOf('error'), ...error });

function succeededWith<T>(content: Shape<T>): Shape<T | Described<typeof failed>> {
  return either(failed, content);
}

const languageInfo = object({
  name: text,
  version: text,
  mimetype: text,
  file_extension: text,
  pygments_lexer: text,
  codemirror_mode: either(text, dictionary),
  nbconvert_exporter: text,
});

/** What a front end may ask, and what it gets back as `…_reply` on the same channel. */
export const requests = {
  kernel_info_request: {
    ask: object({}),
    reply: succeededWith(
      object({
        status: oneOf('ok'),
        protocol_version: text,
        implementation: text,
        implementation_version: text,
        language_info: languageInfo,
        banner: text,
        debugger: flag,
        help_links: list(object({ text, url: text })),
        supported_features: list(oneOf('debugger', 'kernel subshells')),
      }),
    ),
  },
  execute_request: {
    ask: object({
      code: text,
      silent: otherwise(flag, false),
      store_history: otherwise(flag, true),
      user_expressions: otherwise(dictionary, {}),
      allow_stdin: otherwise(flag, false),
      stop_on_error: otherwise(flag, true),
    }),
    reply: either(
      object({ status: oneOf('error'), ...error, execution_count: integer }),
      object({
        status: oneOf('ok'),
        execution_count: integer,
        payload: list(dictionary),
        user_expressions: dictionary,
      }),
    ),
  },
  complete_request: {
    ask: object({ code: text, cursor_pos: maybe(integer) }),
    reply: succeededWith(
      object({
        status: oneOf('ok'),
        matches: list(text),
        cursor_start: integer,
        cursor_end: integer,
        metadata: dictionary,
      }),
    ),
  },
  inspect_request: {
    ask: object({ code: text, cursor_pos: maybe(integer), detail_level: otherwise(oneOf(0, 1), 0) }),
    reply: succeededWith(
      object({ status: oneOf('ok'), found: flag, data: dictionary, metadata: dictionary }),
    ),
  },
  is_complete_request: {
    ask: object({ code: text }),
    reply: succeededWith(
      either(
        object({ status: oneOf('incomplete'), indent: text }),
        object({ status: oneOf('complete', 'invalid', 'unknown') }),
      ),
    ),
  },
  history_request: {
    ask: object({
      output: otherwise(flag, false),
      raw: otherwise(flag, true),
      hist_access_type: oneOf('tail', 'range', 'search'),
      session: otherwise(integer, 0),
      start: otherwise(integer, 0),
      stop: maybe(integer),
      n: maybe(integer),
      pattern: otherwise(text, '*'),
      unique: otherwise(flag, false),
    }),
    reply: succeededWith(object({ status: oneOf('ok'), history: list(list(anything)) })),
  },
  comm_info_request: {
    ask: object({ target_name: maybe(text) }),
    reply: succeededWith(object({ status: oneOf('ok'), comms: dictionary })),
  },
  shutdown_request: {
    ask: object({ restart: otherwise(flag, false) }),
    reply: succeededWith(object({ status: oneOf('ok'), restart: flag })),
  },
  connect_request: {
    ask: object({}),
    reply: succeededWith(
      object({
        status: oneOf('ok'),
        shell_port: integer,
        iopub_port: integer,
        stdin_port: integer,
        hb_port: integer,
        control_port: integer,
      }),
    ),
  },
  usage_request: {
    ask: object({}),
    reply: succeededWith(
      object({
        status: oneOf('ok'),
        hostname: text,
        pid: integer,
        kernel_cpu: number,
        kernel_memory: integer,
        cpu_count: integer,
        host_cpu_percent: number,
        host_virtual_memory: object({ total: integer, available: integer, used: integer, percent: number }),
      }),
    ),
  },
  create_subshell_request: {
    ask: object({}),
    reply: succeededWith(object({ status: oneOf('ok'), subshell_id: text })),
  },
  delete_subshell_request: {
    ask: object({ subshell_id: text }),
    reply: succeededWith(object({ status: oneOf('ok') })),
  },
  list_subshell_request: {
    ask: object({}),
    reply: succeededWith(object({ status: oneOf('ok'), subshell_id: list(text) })),
  },
  interrupt_request: {
    ask: object({}),
    reply: succeededWith(object({ status: oneOf('ok') })),
  },
  debug_request: {
    ask: object({ type: oneOf('request'), seq: integer, command: text, arguments: anything }),
    reply: succeededWith(
      object({
        type: oneOf('response'),
        seq: integer,
        request_seq: integer,
        command: text,
        success: flag,
        message: maybe(text),
        body: maybe(dictionary),
      }),
    ),
  },
} as const;

export type RequestType = keyof typeof requests;
export type Ask<T extends RequestType> = Described<(typeof requests)[T]['ask']>;
export type Reply<T extends RequestType> = Described<(typeof requests)[T]['reply']>;
type ReplyType<T extends RequestType = RequestType> = T extends `${infer Stem}_request`
  ? `${Stem}_reply`
  : never;

export function isRequestType(type: string): type is RequestType {
  return Object.hasOwn(requests, type);
}

export function replyTypeOf<T extends RequestType>(type: T): ReplyType<T> {
  return type.replace(/_request$/, '_reply') as ReplyType<T>;
}

const comm = {
  comm_open: object({ comm_id: text, target_name: text, data: otherwise(dictionary, {}) }),
  comm_msg: object({ comm_id: text, data: otherwise(dictionary, {}) }),
  comm_close: object({ comm_id: text, data: otherwise(dictionary, {}) }),
} as const;

/** What a front end says on the shell channel without waiting for a reply. */
export const notices = comm;
export type NoticeType = keyof typeof notices;
export type Notice<T extends NoticeType> = Described<(typeof notices)[T]>;

export function isNoticeType(type: string): type is NoticeType {
  return Object.hasOwn(notices, type);
}

const display = { data: dictionary, metadata: dictionary };
const transient = object({ display_id: maybe(text) });

/** What the kernel publishes to every front end. */
export const publications = {
  status: object({ execution_state: oneOf('starting', 'busy', 'idle') }),
  execute_input: object({ code: text, execution_count: integer }),
  stream: object({ name: oneOf('stdout', 'stderr'), text }),
  display_data: object({ ...display, transient: maybe(transient) }),
  update_display_data: object({ ...display, transient: object({ display_id: text }) }),
  execute_result: object({ ...display, execution_count: integer, transient: maybe(transient) }),
  error: object(error),
  clear_output: object({ wait: flag }),
  debug_event: object({ type: oneOf('event'), seq: integer, event: text, body: dictionary }),
  shutdown_reply: object({ status: oneOf('ok'), restart: flag }),
  iopub_welcome: object({ subscription: text }),
  ...comm,
} as const;

export type PublicationType = keyof typeof publications;
export type Publication<T extends PublicationType> = Described<(typeof publications)[T]>;

/** The conversation on the stdin channel, the only one in which the kernel asks. */
export const questions = {
  input_request: object({ prompt: text, password: flag }),
  input_reply: object({ value: text }),
} as const;

export type Question = Described<typeof questions.input_request>;
