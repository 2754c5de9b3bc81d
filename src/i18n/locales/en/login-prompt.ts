import type { Messages } from '../../messages.js';
import type { loginPrompt as french } from '../fr/login-prompt.js';
import { common } from './common.js';

export const loginPrompt: Messages<keyof typeof french> = {
  ...common,
  intro: 'Sign in to take part.',
  'signed-in': 'Signed in as {name}',
  'signed-out': 'You are signed out.',
  'sign-out': 'Sign out',
  service: 'Sign in with {name}',
  'service.bare': 'Sign in',
  'service.saml': 'Sign in with your organisation’s account',
  about: 'What is FranceConnect?',
  'new-window': '(new window)',
  'opens-window': 'You sign in on the platform, in a new window.',
  or: 'or with your account on the platform',
  platform: 'Sign in on {host}',
  elsewhere: 'You sign in on the platform: that is where you take part.',
  others: 'To use {names}, take part on the platform.',
  registration: 'Create an account on {host}',
  required: 'Both fields are required.',
  email: 'E-mail address',
  'email.missing': 'Enter your e-mail address, for example name@example.com.',
  password: 'Password',
  'password.missing': 'Enter your password.',
  forgotten: 'Forgotten password?',
  submit: 'Sign in',
  'pending.sign-in': 'Signing in…',
  'pending.sign-out': 'Signing out…',
  'pending.window': 'Finish signing in, in the window that has opened.',
  'failed.bad-credentials': 'The address or the password is wrong. Check them, then try again.',
  'failed.captcha-required':
    'After several attempts, the platform asks for a security check. It takes place on its site: sign in there, or try again in an hour.',
  'failed.email-unconfirmed':
    'Your e-mail address is not confirmed yet. Open the link in the e-mail that the platform has sent you, then sign in.',
  'failed.rate-limited': 'There were too many attempts in a short time. Wait a few minutes, then try again.',
  'failed.unreachable': 'The platform does not answer: you are not signed in. Try again in a moment.',
  'failed.offline': 'You are offline. Try again when you are back online.',
  'failed.popup-blocked':
    'Your browser has blocked the new window. You can sign in in this tab, then come back here.',
  'failed.cancelled': 'The window is closed, and you are not signed in. You can start again.',
  'failed.other': 'Signing in did not work on this page. Sign in on the platform.',
  'failed.sign-out': 'Signing out did not work: you are still signed in. Try again.',
  'same-tab': 'Continue in this tab',
};
