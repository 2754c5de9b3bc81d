import { ApiError, isRetryable } from '../core/errors.js';
import {
  endSession,
  openSession,
  readSignIn,
  type Credentials,
  type Means,
  type SignIn,
  type SignInService,
} from '../platform/ballot/sign-in.js';
import { forgetVisitor } from './forget.js';
import type { Resource } from './resource.js';
import type { Runtime } from './runtime.js';
import { tellTabs, type Viewer } from './viewer.js';
import { beginSignIn, endSignIn } from './wish.js';

export { forgottenPassword, meansOf, pageOf, startOf } from '../platform/ballot/sign-in.js';
export type { Credentials, Means, SignIn, SignInService };

/** The ways in that the platform has. */
export const signInOf = (runtime: Runtime, lang: string): Resource<SignIn> =>
  runtime.share(`sign-in ${lang}`, (platform, signal) => readSignIn(platform, { lang, signal }));

/**
 * Signs the visitor in by a password.
 *
 * @param viewer - Who the visitor is: read again, as only the platform knows whether there is a session.
 * @throws {ApiError} Why there is none.
 */
export const signIn = (
  runtime: Runtime,
  viewer: Resource<Viewer>,
  credentials: Credentials,
  ways: SignIn,
): Promise<void> =>
  ownSignIn(runtime, viewer, () =>
    settle(
      runtime,
      viewer,
      openSession(runtime.platform, credentials, ways),
      true,
      new ApiError('unauthorized', 'the browser has not kept the session'),
    ),
  );

/**
 * Looks whether the visitor has signed in where this page's own prompt has led him: what he has pressed before is his then.
 *
 * @param look - Reads who is signed in.
 */
export async function ownSignIn(
  runtime: Runtime,
  viewer: Resource<Viewer>,
  look: () => Promise<unknown>,
): Promise<void> {
  const before = viewer.state.data;
  // Known by the time that elements hear of the session.
  if (before?.signedIn === false) beginSignIn(runtime);
  try {
    await look();
  } finally {
    if (before?.signedIn === false) endSignIn(runtime, viewer.state.data?.id ?? null);
  }
}

/** Signs the visitor out, and has all that is kept of him forgotten. Otherwise as `signIn`. */
export async function signOut(runtime: Runtime, viewer: Resource<Viewer>): Promise<void> {
  await settle(
    runtime,
    viewer,
    endSession(runtime.platform),
    false,
    new ApiError('server', 'the session has not ended'),
  );
  forgetVisitor(runtime);
}

/** Waits for an act on the session, and looks what has become of it: one whose answer got lost may have taken place. */
async function settle(
  runtime: Runtime,
  viewer: Resource<Viewer>,
  act: Promise<void>,
  wanted: boolean,
  doubt: ApiError,
): Promise<void> {
  let failure: ApiError | undefined;
  try {
    await act;
  } catch (reason) {
    failure = reason as ApiError; // Both acts throw nothing else.
    if (!isRetryable(failure.code)) throw failure;
  }
  // A reading that was under way began before the act: its answer may be the former one.
  if (viewer.state.loading) await viewer.reload();
  await viewer.reload();
  const { data, error } = viewer.state;
  if (error || data?.signedIn !== wanted) throw failure ?? error ?? doubt;
  tellTabs(runtime);
}
