import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { Act, type ActStatus, type Listener, type Ports } from './act.js';

/** Lets a control follow the act that it stands for. */
export class ActController<Value, Result> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #ports: () => Ports<Value, Result> | null;
  readonly #onChange: Listener<Value, Result>;
  #act: Act<Value, Result> | undefined;

  /**
   * @param ports - Of what the control stands for now; null while it stands for nothing.
   * @param onChange - The status is another.
   */
  constructor(
    host: ReactiveControllerHost,
    ports: () => Ports<Value, Result> | null,
    onChange: Listener<Value, Result>,
  ) {
    this.#host = host;
    this.#ports = ports;
    this.#onChange = onChange;
    host.addController(this);
  }

  get status(): ActStatus<Value, Result> {
    return this.#act?.status ?? { at: 'rest' };
  }

  /** The act; undefined while the control stands for nothing. */
  get act(): Act<Value, Result> | undefined {
    const ports = this.#act ? null : this.#ports();
    if (ports) {
      const act: Act<Value, Result> = new Act(ports, (status, before) => {
        // One that is no longer followed goes on by itself.
        if (act !== this.#act) return;
        this.#host.requestUpdate();
        this.#onChange(status, before);
      });
      this.#act = act;
    }
    return this.#act;
  }

  /** The control stands for something else. What is under way goes on, and is no longer followed. */
  reset(): void {
    this.#act = undefined;
  }

  hostUpdated(): void {
    this.act?.settle();
  }
}
