import { readFileSync } from 'node:fs';

import type { Store } from '../../store.js';

const tables = readFileSync(new URL('./tables.sql', import.meta.url), 'utf8');
const names = [...tables.matchAll(/^CREATE TABLE (\w+)/gm)].map(([, name = '']) => name);

/** Élise opened her account through the town's identity service, which does not vouch for her e-mail address. */
const LINKED = ['openid', 'elise-marchand', 'elise.marchand@valmont.example'] as const;

/** Adds the web side's tables to a database that lacks them. A reset of the platform signs everybody out. */
export function prepareAccountTables(store: Store): void {
  const { sql } = store;
  const fill = (): void => {
    const [service, subject, email] = LINKED;
    sql.run('INSERT INTO sso_identity SELECT ?, ?, id FROM user WHERE email = ?', service, subject, email);
  };
  if (sql.number("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'session'") === 0) {
    sql.transaction(() => {
      sql.db.exec(tables);
      fill();
    });
  }
  store.onReset(() => {
    for (const name of names) sql.db.exec(`DELETE FROM ${name}`);
    fill();
  });
}
