import type { VoteChange } from '../../state/voting.js';

/** The platform has recorded a vote or its removal. */
export class CapVoteChangeEvent extends CustomEvent<VoteChange> {
  constructor(detail: CapVoteChangeEvent['detail']) {
    super('cap-vote-change', { bubbles: true, composed: true, detail });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cap-vote-change': CapVoteChangeEvent;
  }
}
