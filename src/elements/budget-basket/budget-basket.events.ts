/** A visitor's choices, as the basket shows them. */
export interface BasketChange {
  readonly stepId: string;
  /** In rank order. */
  readonly proposalIds: readonly string[];
  /** In euros. */
  readonly spent: number;
  /** Null without a limit. */
  readonly left: number | null;
  readonly votesUsed: number;
  /** Null without a limit. */
  readonly votesLeft: number | null;
  /** Whether the choices can be sent, or are recorded, just as they are. */
  readonly valid: boolean;
}

/** The visitor's choices have changed: recorded ones in a session, else those that are kept on this page. */
export class CapBasketChangeEvent extends CustomEvent<BasketChange> {
  constructor(detail: CapBasketChangeEvent['detail']) {
    super('cap-basket-change', { bubbles: true, composed: true, detail });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cap-basket-change': CapBasketChangeEvent;
  }
}
