// Comms: two-way channels that widgets use. Nothing here offers a target yet, so what is opened is closed at once.

import { type NoticeType, notices } from '../protocol/messages';
import type { Message } from '../protocol/wire';
import type { Handler } from './handlers';
import type { Publisher } from './publisher';

export const commInfo: Handler<'comm_info_request'> = () => ({ status: 'ok', comms: {} });

/** With ipywidgets installed, JupyterLab opens a comm to every kernel and waits until the other side closes it. */
export function takeNotice(publisher: Publisher, type: NoticeType, message: Message): void {
  if (type !== 'comm_open') return;
  const { comm_id } = notices.comm_open(message.content, 'content');
  publisher.publish(message.header, 'comm_close', { comm_id, data: {} });
}
