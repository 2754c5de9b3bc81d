import { setTimeout as wait } from 'node:timers/promises';

import { ClientPlatform } from '../client/client-platform.js';
import { settingsOf } from '../client/settings.js';
import { ApiError } from '../core/errors.js';
import { wallTime } from '../domain/platform-time.js';
import {
  EventRefused,
  isUnsure,
  readAccount,
  readOwnEvents,
  sendEvent,
  sendNewEvent,
  takeEventAway,
  type EventInput,
  type OwnEvent,
} from '../platform/agenda.js';
import type { ReadOptions } from '../platform/loader.js';
import type { Agenda, AgendaEvent } from './events-push-event.js';
import { objectionTo } from './events-push-guard.js';
import { withNewKeys } from './events-push-keys.js';
import type { PushOptions } from './events-push-options.js';
import { digestOf, planOf, settle, type PushAct, type PushPlan } from './events-push-plan.js';
import { readAgendaFile } from './events-push-reading.js';
import type { ActTold, PushReport } from './events-push-report.js';
import { StateFile, triesOf, type PushState } from './events-push-state.js';
import { asAsked, CommandError, EXIT, failureOf, isFileError, type Failure } from './report.js';

const YEAR = 365 * 86_400_000;
const LAG = 15_000;
/** Acts that fail one after the other because of the platform, before the others are left for the next time. */
const PATIENCE = 3;
/** What stands before the place, by language. */
const PLACE: Readonly<Record<string, string>> = {
  FR: 'Lieu\u00a0:',
  EN: 'Place:',
  ES: 'Lugar:',
  DE: 'Ort:',
  NL: 'Plaats:',
};

/**
 * Brings an agenda to the platform: adds, changes and deletes events until there is one for each of the agenda. It may be
 * ended at any moment, and run again.
 *
 * @throws {CommandError | ApiError} When there is nothing it can do; what fails for single events is in the report.
 */
export async function pushEvents(options: PushOptions): Promise<PushReport> {
  const { file, token, state = `${file}.cap-widgets.json`, locale = 'FR_FR', now = Date.now, dryRun = false } = options;
  const settings = asAsked(() => settingsOf(options));
  const { timeZone } = settings;
  const { since = now() - YEAR, until = now() + YEAR, read = readAgendaFile } = options;
  const placeLabel = PLACE[locale.slice(0, 2)] ?? 'Lieu\u00a0:';
  const span = { timeZone, since, until };
  const { signal, encoding, onWarning } = options;
  const agenda = await read(file, { ...span, placeLabel, base: settings.platform }, { signal, encoding });
  for (const sentence of agenda.warnings) onWarning?.(sentence);
  const platform = new ClientPlatform(settings, token, options.fetch);
  const memory = new StateFile(state);
  const lang = locale.replace('_', '-');
  const work = (lost?: AbortSignal): Promise<PushReport> => {
    const signal = AbortSignal.any([lost, options.signal].filter((each) => each !== undefined));
    return new Push(platform, memory, agenda, { lang, signal }, { ...options, locale, now }).run(
      wallTime(since, timeZone),
    );
  };
  return dryRun ? work() : memory.locked(work);
}

type PushSettings = Pick<PushOptions, 'dryRun' | 'lag' | 'onAct' | 'onWarning' | 'allowEmpty' | 'allowShrink'> & {
  readonly locale: string;
  readonly now: () => number;
};

class Push {
  #state: PushState = { platform: '', account: '', events: new Map(), adding: new Map() };
  /** IDs of the events that the platform has listed. */
  #listed: ReadonlySet<string> = new Set();

  constructor(
    readonly platform: ClientPlatform,
    readonly memory: StateFile,
    readonly agenda: Agenda,
    readonly reading: ReadOptions,
    readonly settings: PushSettings,
  ) {}

  async run(since: string): Promise<PushReport> {
    const account = await readAccount(this.platform, this.reading);
    this.#state = await this.#remember(account);
    const own = await this.#settle();
    this.#listed = new Set(own.map(({ id }) => id));
    const { events, isChanged } = withNewKeys(this.#state.events, this.agenda);
    this.#state = { ...this.#state, events };
    const plan = planOf(this.agenda, this.#state, own, { locale: this.settings.locale, since });
    const unreadable = this.agenda.problems.map(({ uid, title, line, message }) => ({
      key: uid ?? '',
      failure: { exitCode: EXIT.partial, message: `Line ${line} of the agenda${title && ` (“${title}”)`}: ${message}` },
    }));
    const counts = { unchanged: plan.unchanged, left: plan.left };
    const objection = objectionTo(this.agenda, plan, this.settings);
    if (this.settings.dryRun) {
      for (const act of plan.acts) this.#tell(act, 'planned');
      if (objection) throw objection;
      return { added: 0, changed: 0, deleted: 0, ...counts, failed: unreadable };
    }
    if (objection) throw objection;
    // What stays on the platform without standing for anything is nobody's concern any more.
    for (const key of plan.left) this.#state.events.delete(key);
    if (plan.left.length || isChanged) await this.#save();
    const { done, failed } = await this.#carryOut(plan);
    const count = (name: PushAct['act']): number => done.filter((act) => act === name).length;
    return {
      ...counts,
      added: count('add'),
      changed: count('change'),
      deleted: count('delete'),
      failed: [...unreadable, ...failed],
    };
  }

  async #remember(account: string): Promise<PushState> {
    const { platform } = this.platform.settings;
    const state = await this.memory.read();
    if (!state) return { ...this.#state, platform, account };
    if (state.platform !== platform || state.account !== account)
      throw new CommandError(
        EXIT.usage,
        `${this.memory.path} is about ${state.platform === platform ? 'another account' : state.platform}. Choose another --state.`,
      );
    return state;
  }

  /** Finds out what a run that was ended has added, and gives the account's events. */
  async #settle(): Promise<OwnEvent[]> {
    const { events, adding } = this.#state;
    const { lag = LAG, now } = this.settings;
    const dates = [...this.agenda.events, ...events.values(), ...adding.values()].map(({ startAt }) => startAt);
    const earliest = dates.reduce((least, date) => (date < least ? date : least), '9');
    const read = (): Promise<OwnEvent[]> => readOwnEvents(this.platform, earliest, this.reading);
    let own = await read();
    if (adding.size === 0) return own;
    let found = settle(adding, events, own);
    const { tried, doubt } = triesOf(adding, now());
    if (doubt) this.settings.onWarning?.(`${this.memory.path} ${doubt}`);
    const patience = (): number =>
      [...tried].reduce((most, [key, at]) => Math.max(most, found.has(key) ? 0 : at + lag - now()), 0);
    for (let left = patience(); left > 0; left = patience()) {
      await wait(Math.min(left, 1000), undefined, { signal: this.reading.signal });
      own = await read();
      found = settle(adding, events, own);
    }
    const uids = new Map(this.agenda.events.map(({ key, uid }) => [key, uid]));
    for (const [key, { title, startAt, uid = uids.get(key) ?? key }] of adding) {
      const id = found.get(key);
      if (id) events.set(key, { id, uid, digest: null, title, startAt });
    }
    adding.clear();
    if (!this.settings.dryRun) await this.#save();
    return own;
  }

  async #carryOut({ acts }: PushPlan) {
    const done: PushAct['act'][] = [];
    const failed: { key: string; failure: Failure }[] = [];
    let inVain = 0;
    for (const act of acts) {
      this.reading.signal.throwIfAborted();
      try {
        if (inVain >= PATIENCE) throw new CommandError(EXIT.platform, 'Not tried: the platform does not answer.');
        const told = await this.#do(act);
        done.push(told.act);
        inVain = 0;
        this.#tell(act, 'done', told);
      } catch (reason) {
        // Whoever cannot remember must not go on.
        this.reading.signal.throwIfAborted();
        if (isFileError(reason)) throw reason;
        if (reason instanceof ApiError && reason.code !== 'forbidden') inVain++;
        const failure = refusalOf(reason);
        failed.push({ key: keyOf(act), failure });
        this.#tell(act, 'failed', { failure });
      }
    }
    return { done, failed };
  }

  /** Carries out one act, and remembers it at once. What is gone from the platform is added instead of changed. */
  async #do(act: PushAct): Promise<Pick<ActTold, 'act' | 'id'>> {
    if (act.act === 'delete') {
      const { id } = act.pushed;
      await takeEventAway(this.platform, id, this.reading).catch((reason: unknown) => {
        if (!this.#isGone(reason, id)) throw reason;
      });
      this.#state.events.delete(act.key);
      await this.#save();
      return { act: 'delete', id };
    }
    const { event } = act;
    if (act.act === 'add') return this.#add(event);
    try {
      await sendEvent(this.platform, act.id, this.#inputOf(event), this.reading);
    } catch (reason) {
      if (!this.#isGone(reason, act.id)) throw reason;
      this.#state.events.delete(event.key);
      return this.#add(event);
    }
    await this.#note(event, act.id, act.found);
    return { act: 'change', id: act.id };
  }

  /** Before it is sent, that it will be: a run that ends in between leaves behind what to look for. */
  async #add(event: AgendaEvent): Promise<Pick<ActTold, 'act' | 'id'>> {
    const { adding } = this.#state;
    const { key, uid, title, startAt } = event;
    adding.set(key, { uid, title, startAt, at: this.settings.now() });
    await this.#save();
    try {
      const id = await sendNewEvent(this.platform, this.#inputOf(event), this.reading);
      adding.delete(key);
      await this.#note(event, id, false);
      return { act: 'add', id };
    } catch (reason) {
      if (isUnsure(reason) || !adding.has(key)) throw reason;
      adding.delete(key);
      await this.#save();
      throw reason;
    }
  }

  /** The platform denies what is not there as it denies what is somebody else's; ours it has listed. */
  #isGone(reason: unknown, id: string): boolean {
    return reason instanceof ApiError && reason.code === 'forbidden' && !this.#listed.has(id);
  }

  async #note(event: AgendaEvent, id: string, found: boolean): Promise<void> {
    const { key, uid, title, startAt } = event;
    const digest = digestOf(event, this.settings.locale);
    this.#state.events.set(key, { id, uid, digest, title, startAt, ...(found && { found }) });
    await this.#save();
  }

  #inputOf({ title, body, link, startAt, endAt }: AgendaEvent): EventInput {
    return { startAt, endAt, translations: [{ locale: this.settings.locale, title, body, link }] };
  }

  #save(): Promise<void> {
    return this.memory.write(this.#state);
  }

  #tell(act: PushAct, outcome: ActTold['outcome'], more: Partial<ActTold> = {}): void {
    const { title, startAt } = act.act === 'delete' ? act.pushed : act.event;
    const id = act.act === 'change' ? { id: act.id } : act.act === 'delete' ? { id: act.pushed.id } : {};
    this.settings.onAct?.({ act: act.act, key: keyOf(act), title, startAt, outcome, ...id, ...more });
  }
}

const keyOf = (act: PushAct): string => (act.act === 'delete' ? act.key : act.event.key);

/** What the platform says of an event is for whoever keeps the agenda. */
function refusalOf(reason: unknown): Failure {
  return reason instanceof EventRefused
    ? { exitCode: EXIT.partial, message: `The platform refuses it: ${reason.message}` }
    : failureOf(reason);
}
