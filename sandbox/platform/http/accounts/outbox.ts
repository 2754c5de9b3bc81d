import { randomBytes, randomInt } from 'node:crypto';

import type { Store } from '../../store.js';

export type MessageKind = 'email-confirmation' | 'password-reset' | 'phone-code';

export interface Message {
  readonly kind: MessageKind;
  readonly to: string;
  readonly subject: string;
  /** Where the message leads, or the code that it carries. */
  readonly link?: string;
  readonly code?: string;
  readonly sentAt: string;
}

const MINUTE = 60_000;

const KINDS: Readonly<Record<MessageKind, { subject: string; path?: string; lifetime: number }>> = {
  'email-confirmation': {
    subject: 'Confirmez votre adresse électronique',
    path: '/account/email_confirmation/',
    lifetime: 7 * 24 * 60 * MINUTE,
  },
  'password-reset': {
    subject: 'Choisissez un nouveau mot de passe',
    path: '/resetting/reset/',
    lifetime: 60 * MINUTE,
  },
  'phone-code': { subject: 'Votre code de vérification', lifetime: 10 * MINUTE },
};

/** What the platform sends to people. Nothing leaves this machine: the sandbox shows it on a page instead. */
export class Outbox {
  constructor(readonly store: Store) {}

  /** One message of a kind a minute for each recipient; whether this one was sent. */
  send(kind: MessageKind, userId: string, recipient: string): boolean {
    const { sql } = this.store;
    const now = this.store.now();
    const recent = 'SELECT count(*) FROM message WHERE kind = ? AND recipient = ? AND sent_at > ?';
    if (sql.number(recent, kind, recipient, now - MINUTE) > 0) return false;
    const secret =
      kind === 'phone-code' ? String(randomInt(1_000_000)).padStart(6, '0') : randomBytes(24).toString('hex');
    sql.run(
      'INSERT INTO message (user_id, kind, recipient, secret, sent_at) VALUES (?, ?, ?, ?, ?)',
      userId,
      kind,
      recipient,
      secret,
      now,
    );
    return true;
  }

  /** The user to whom this secret was sent, while it can still be used. */
  holderOf(kind: MessageKind, secret: string): string | undefined {
    return this.store.sql.get<{ user_id: string }>(
      'SELECT user_id FROM message WHERE kind = ? AND secret = ? AND used_at IS NULL AND sent_at > ?',
      kind,
      secret,
      this.store.now() - KINDS[kind].lifetime,
    )?.user_id;
  }

  use(kind: MessageKind, userId: string): void {
    const sql = 'UPDATE message SET used_at = ? WHERE kind = ? AND user_id = ? AND used_at IS NULL';
    this.store.sql.run(sql, this.store.now(), kind, userId);
  }

  /** The newest first. */
  list(): Message[] {
    const { baseUrl, sql } = this.store;
    const rows = sql.all<{ kind: MessageKind; recipient: string; secret: string; sent_at: number }>(
      'SELECT * FROM message ORDER BY id DESC',
    );
    return rows.map(({ kind, recipient, secret, sent_at: sentAt }) => {
      const { subject, path } = KINDS[kind];
      const content = path === undefined ? { code: secret } : { link: baseUrl + path + secret };
      return { kind, to: recipient, subject, ...content, sentAt: new Date(sentAt).toISOString() };
    });
  }
}
