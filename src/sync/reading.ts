import { CapClient } from '../client/client.js';
import type { ClientOptions } from '../client/types.js';
import type { Collection } from './collections.js';
import type { Ledger } from './ledger.js';
import {
  contributionRecord,
  eventRecord,
  projectRecord,
  proposalRecord,
  stepRecord,
  type Origin,
  type StoredRecord,
} from './records.js';
import { asAsked } from './report.js';

/** Objects between two words about how far the reading is. */
const STRIDE = 100;

/** The platform lists no more projects than these, the newest, and does not say so. */
const LONGEST_LIST = 1000;

/** @throws {CommandError} When the options cannot be used. */
export const clientOf = (options: ClientOptions): CapClient => asAsked(() => new CapClient(options));

/**
 * Reads one collection into its ledger. Those of which people want the latest come newest first; in a consultation, what
 * others answer to comes before the answers. Steps come with their projects.
 */
export async function fill(
  { kind, name, id }: Collection,
  client: CapClient,
  ledgerOf: (name: string) => Ledger,
  origin: Origin,
  tell: (collection: string, records: number) => void,
): Promise<void> {
  const ledger = ledgerOf(name);
  const add = async (record: StoredRecord): Promise<void> => {
    await ledger.add(record);
    if (ledger.records % STRIDE === 0) tell(name, ledger.records);
  };
  switch (kind) {
    case 'projects': {
      const steps = ledgerOf('steps');
      for await (const project of client.projects({ order: 'newest' })) {
        await add(projectRecord(project, origin));
        for (const step of project.steps) await steps.add(stepRecord(step, project, origin));
      }
      if (ledger.records === LONGEST_LIST) for (const cut of [ledger, steps]) cut.cutOff();
      tell('steps', steps.records);
      break;
    }
    case 'steps':
      return;
    case 'events':
      for await (const event of client.events({ order: 'latest' })) await add(eventRecord(event, origin));
      break;
    case 'proposals':
      for await (const proposal of client.proposals(id, { order: 'newest' }))
        await add(proposalRecord(proposal, origin));
      break;
    case 'contributions': {
      const hidden = new Set<string>();
      for await (const contribution of client.contributions(id, { includeTrashed: true, order: 'oldest' })) {
        const { url, parentId } = contribution;
        // The address of an answer begins with that of what it answers to.
        const isHidden = url === null || (parentId !== null && hidden.has(parentId));
        if (isHidden) hidden.add(contribution.id);
        await add(contributionRecord(isHidden ? { ...contribution, url: null } : contribution, origin));
      }
    }
  }
  tell(name, ledger.records);
}
