import ipaddr from 'ipaddr.js';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

import { Refusal } from './refusal.js';

/** Seconds that each limit is for. */
const WINDOW = 60;

/** How often one address may do something in a minute. */
export interface MostPerMinute {
  /** 10 where left out. */
  readonly signIns?: number | undefined;
  /** 60 where left out. */
  readonly acts?: number | undefined;
}

/** People at home have a whole network of IPv6 addresses, of which they may use another each time. */
function placeOf(address: string): string {
  const parsed = ipaddr.parse(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : address;
}

async function consume(limiter: RateLimiterMemory, address: string, points: number): Promise<void> {
  try {
    await limiter.consume(placeOf(address), points);
  } catch (reason) {
    const { msBeforeNext } = reason as RateLimiterRes; // Memory never fails: nothing else is thrown.
    const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
    throw new Refusal(429, `Too often: try again in ${seconds} s.`, { 'Retry-After': String(seconds) });
  }
}

/**
 * Counts what each address does. The platform sees all visitors of the city come from one server, so it cannot. Kept in
 * memory: where several servers are one gateway, `RateLimiterRedis` of the same package counts for all of them.
 */
export class Limits {
  readonly #most: Required<{ [K in keyof MostPerMinute]: number }>;
  #signIns: RateLimiterMemory;
  #acts: RateLimiterMemory;

  constructor({ signIns = 10, acts = 60 }: MostPerMinute = {}) {
    this.#most = { signIns, acts };
    this.#signIns = new RateLimiterMemory({ points: signIns, duration: WINDOW });
    this.#acts = new RateLimiterMemory({ points: acts, duration: WINDOW });
  }

  /** @throws {Refusal} Where the address has tried to sign in too often. */
  signIn(address: string): Promise<void> {
    return consume(this.#signIns, address, 1);
  }

  /** @throws {Refusal} Where the address has acted too often. */
  async act(address: string, times: number): Promise<void> {
    if (times > 0) await consume(this.#acts, address, times);
  }

  /** Forgets all that has been counted. */
  clear(): void {
    this.#signIns = new RateLimiterMemory({ points: this.#most.signIns, duration: WINDOW });
    this.#acts = new RateLimiterMemory({ points: this.#most.acts, duration: WINDOW });
  }
}
