import { escapeUnsafe } from '../../telemetry/logger.ts';

/** What a check found, in one line. A warning and a fault say what to do. */
export interface Finding {
  mark: 'ok' | 'warning' | 'fault';
  text: string;
}

export const ok = (text: string): Finding => finding('ok', text);
export const warning = (text: string): Finding => finding('warning', text);
export const fault = (text: string): Finding => finding('fault', text);

function finding(mark: Finding['mark'], text: string): Finding {
  const [line = ''] = text.split('\n', 1);
  return { mark, text: escapeUnsafe(line) };
}
