import { Router, type Request, type Response } from 'express';

import { html, markup, title, type Html } from '../../html.js';
import { BallotBox } from '../ballot-box.js';
import { Links } from '../links.js';
import { Objects } from '../objects.js';
import type { ProposalVoteRow, RequirementRow, StepRow, UserRow } from '../rows.js';
import { meetsRequirement, requirementsOf } from '../rules/requirements.js';
import { canContribute } from '../rules/voting.js';
import type { Store } from '../store.js';
import { isOwnForm, readForm } from './accounts/forms.js';
import type { Outbox } from './accounts/outbox.js';
import type { Sessions } from './accounts/sessions.js';
import { accountLinks, loginPath } from './accounts/visitor.js';
import { errorPage, pageTemplate } from './page-template.js';
import { profileFieldOf, requirementControl } from './requirement-fields.js';

interface Services {
  readonly store: Store;
  readonly sessions: Sessions;
  readonly outbox: Outbox;
}

/** A vote that waits for something, as its voter sees it. */
interface Case {
  readonly user: UserRow;
  readonly step: StepRow;
  readonly vote: ProposalVoteRow;
  readonly unmet: readonly RequirementRow[];
  readonly proposalUrl: string;
  readonly proposalTitle: string;
}

const MAILS = html`<a href="/sandbox/mails">Lire les messages de la plateforme d’essai</a>`;
const NOTICES: Readonly<Record<string, Html>> = {
  incomplet: html`Il manque encore des informations pour que votre vote compte.`,
  sms: html`Un code vient de partir par SMS. ${MAILS}`,
  courriel: html`Un courriel vient de partir. Suivez son lien, puis revenez ici. ${MAILS}`,
  patience: html`Un message vient déjà de partir. Attendez une minute avant d’en demander un autre. ${MAILS}`,
  numero: html`Ce numéro de téléphone n’est pas valable.`,
  telephone: html`Ce numéro de téléphone a déjà servi à voter à cette étape.`,
  ferme: html`Cette étape n’accepte plus de vote.`,
};

function requirementsPage(
  { user, step, unmet, proposalUrl, proposalTitle }: Case,
  path: string,
  notice: unknown,
): string {
  const message = typeof notice === 'string' && NOTICES[notice];
  const main = html`<nav aria-label="Fil d’Ariane"><a href="${proposalUrl}">${title(proposalTitle)}</a></nav>
    <article class="narrow">
      <h1>Compléter ma participation</h1>
      ${message && html`<p class="notice" role="status">${message}</p>`}
      <p>Votre vote pour «&nbsp;${title(proposalTitle)}&nbsp;» comptera une fois ces informations données.</p>
      ${step.requirements_reason !== null && html`<div class="text">${markup(step.requirements_reason)}</div>`}
      <form method="post" action="${path}">
        ${unmet.map((requirement) => requirementControl(requirement, user, path))}
        <p><button class="button" name="act" value="save">Enregistrer et valider mon vote</button></p>
      </form>
    </article>`;
  const visitor = { id: user.id, name: user.username ?? '' };
  return pageTemplate({ title: 'Compléter ma participation', main, account: accountLinks(visitor, path) });
}

/** Where citizens give what a step wants to know before their vote counts. */
export function requirementsRouter({ store, sessions, outbox }: Services): Router {
  const { sql } = store;
  const router = Router({ caseSensitive: true, strict: true });
  const path = '/requirements/step/:step/contribution/:vote';

  const findCase = (userId: string, stepId: string, voteId: string): Case | undefined => {
    const user = sql.get<UserRow>('SELECT * FROM user WHERE id = ? AND enabled = 1', userId);
    const vote = sql.get<ProposalVoteRow>(
      'SELECT * FROM proposal_vote WHERE id = ? AND step_id = ? AND user_id = ?',
      voteId,
      stepId,
      userId,
    );
    if (!user || !vote) return undefined;
    const objects = new Objects(sql, user);
    const step = objects.step(stepId);
    const proposal = objects.proposal(vote.proposal_id);
    const unmet = requirementsOf(sql, step).filter((requirement) => !meetsRequirement(sql, requirement, user));
    const proposalUrl = new Links('', '', objects, sql).proposal(proposal);
    return { user, step, vote, unmet, proposalUrl, proposalTitle: proposal.title };
  };

  /** The visitor's own vote; others are sent to sign in, or told nothing. */
  const open = (request: Request<{ step: string; vote: string }>, response: Response): Case | undefined => {
    const userId = sessions.userOf(request, response);
    const found = userId === undefined ? undefined : findCase(userId, request.params.step, request.params.vote);
    if (userId === undefined) response.redirect(303, loginPath(request.path));
    else if (!found) response.status(404).send(errorPage(404));
    return found;
  };

  /** Writes what the form holds and makes sense. */
  const save = ({ user, unmet }: Case, form: URLSearchParams): void => {
    for (const requirement of unmet) {
      const { type, id } = requirement;
      const field = profileFieldOf(requirement);
      const value = field?.read(form.get(field.column)?.trim() ?? '');
      if (field && value !== undefined && value !== user[field.column]) {
        // The column's name is one of ours. Another number has to be proved anew.
        const alone = field.column === 'phone' ? ', phone_confirmed = 0' : '';
        sql.run(`UPDATE user SET ${field.column} = ?${alone} WHERE id = ?`, value, user.id);
      }
      if (type === 'CHECKBOX' && form.has(id)) {
        sql.run('INSERT INTO user_requirement VALUES (?, ?) ON CONFLICT DO NOTHING', user.id, id);
      }
      if (type === 'CONSENT_PRIVACY_POLICY' && form.has(id)) {
        sql.run('UPDATE user SET consent_privacy_policy = 1 WHERE id = ?', user.id);
      }
      const code = form.get('code')?.trim() ?? '';
      if (type === 'PHONE_VERIFIED' && outbox.holderOf('phone-code', code) === user.id) {
        sql.run('UPDATE user SET phone_confirmed = 1 WHERE id = ?', user.id);
        outbox.use('phone-code', user.id);
      }
    }
  };

  const send = ({ user }: Case, kind: 'phone-code' | 'email-confirmation'): keyof typeof NOTICES => {
    const recipient = kind === 'phone-code' ? user.phone : user.email;
    if (recipient === null) return kind === 'phone-code' ? 'numero' : 'incomplet';
    if (!outbox.send(kind, user.id, recipient)) return 'patience';
    return kind === 'phone-code' ? 'sms' : 'courriel';
  };

  /** Lets the vote count if nothing is missing any more; otherwise says what keeps it back. */
  const complete = ({ user, step, vote, unmet }: Case): keyof typeof NOTICES | undefined => {
    if (unmet.length > 0) return 'incomplet';
    if (!canContribute(step, store.now())) return 'ferme';
    const box = new BallotBox(sql, step, user);
    if (box.isPhoneTaken()) return 'telephone';
    sql.transaction(() => box.complete(vote.id));
    return undefined;
  };

  router.get(path, (request, response) => {
    const found = open(request, response);
    if (!found) return;
    if (found.vote.completion_status === 'COMPLETED') return response.redirect(303, found.proposalUrl);
    response.send(requirementsPage(found, request.path, request.query['avis']));
  });

  router.post(path, (request, response) => {
    if (!isOwnForm(request)) return void response.status(403).send(errorPage(403));
    const before = open(request, response);
    if (!before) return;
    const form = readForm(request);
    sql.transaction(() => save(before, form));
    const after = findCase(before.user.id, before.step.id, String(before.vote.id));
    if (!after) return void response.status(404).send(errorPage(404));
    // The key Enter presses the first button of a form: whoever has typed a code in wants it looked at, not another one.
    const act = form.get('code') ? 'save' : form.get('act');
    const notice =
      act === 'send-code'
        ? send(after, 'phone-code')
        : act === 'send-email'
          ? send(after, 'email-confirmation')
          : complete(after);
    response.redirect(
      303,
      notice === undefined ? `${after.proposalUrl}?vote=ajoute` : `${request.path}?avis=${notice}`,
    );
  });
  return router;
}
