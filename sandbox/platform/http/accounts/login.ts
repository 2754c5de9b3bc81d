import { verifyPassword } from '../../passwords.js';
import type { UserRow } from '../../rows.js';
import type { Store } from '../../store.js';
import type { Captcha } from './captcha.js';
import type { Outbox } from './outbox.js';

/** After so many failures within an hour, for one address from one place, the platform wants a captcha. */
export const FAILURES_BEFORE_CAPTCHA = 5;
const HOUR = 3_600_000;

export interface LoginAttempt {
  readonly username: string;
  readonly password: string;
  readonly captcha: string;
  readonly ip: string;
}

export type LoginVerdict =
  | { readonly kind: 'accepted'; readonly userId: string }
  | { readonly kind: 'unconfirmed' | 'username-missing' | 'captcha-missing' | 'captcha-invalid' }
  | { readonly kind: 'refused'; readonly failures: number };

/** Whether an e-mail address and a password let somebody in. */
export class LoginCheck {
  constructor(
    readonly store: Store,
    readonly captcha: Captcha,
    readonly outbox: Outbox,
  ) {}

  needsCaptcha(username: string, ip: string): boolean {
    return this.store.flag('restrict_connection') && this.#failures(username, ip) >= FAILURES_BEFORE_CAPTCHA;
  }

  verify({ username, password, captcha, ip }: LoginAttempt): LoginVerdict {
    const { sql } = this.store;
    if (username === '' && this.store.flag('restrict_connection')) return { kind: 'username-missing' };
    if (this.needsCaptcha(username, ip)) {
      if (captcha === '') return { kind: 'captcha-missing' };
      if (!this.captcha.accepts(captcha)) return { kind: 'captcha-invalid' };
    }
    const user = sql.get<UserRow>('SELECT * FROM user WHERE email = ? AND enabled = 1', username);
    // Somebody without a password is checked all the same, so that the time it takes says nothing about accounts.
    if (!verifyPassword(password, user?.password_hash ?? '') || !user) {
      sql.run('INSERT INTO login_failure VALUES (?, ?, ?)', username, ip, this.store.now());
      return { kind: 'refused', failures: this.#failures(username, ip) };
    }
    sql.run('DELETE FROM login_failure WHERE email = ? AND ip = ?', username, ip);
    if (user.email_confirmed_at === null) {
      this.outbox.send('email-confirmation', user.id, user.email ?? username);
      return { kind: 'unconfirmed' };
    }
    return { kind: 'accepted', userId: user.id };
  }

  #failures(username: string, ip: string): number {
    const sql = 'SELECT count(*) FROM login_failure WHERE email = ? AND ip = ? AND at > ?';
    return this.store.sql.number(sql, username, ip, this.store.now() - HOUR);
  }
}
