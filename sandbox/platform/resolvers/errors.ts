/** The caller may not read this field, or not do this. The platform says so in the same words everywhere. */
export class AccessDenied extends Error {
  constructor() {
    super('Access denied to this field.');
  }
}

/** A refusal whose message is meant for the caller. */
export class UserError extends Error {}

/** Several of them, each an error of its own in the answer. */
export class UserErrors extends Error {
  constructor(readonly messages: readonly string[]) {
    super(messages.join(' '));
  }
}
