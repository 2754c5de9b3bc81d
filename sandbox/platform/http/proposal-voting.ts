import { Router } from 'express';

import { html, type Html } from '../../html.js';
import type { Api } from '../api.js';
import { globalId } from '../ids.js';
import type { Page, Store } from '../store.js';
import { ownPath } from './accounts/address.js';
import { isOwnForm, readForm } from './accounts/forms.js';
import type { Sessions } from './accounts/sessions.js';
import { loginPath, type Visitor } from './accounts/visitor.js';
import { errorPage } from './page-template.js';

interface Services {
  readonly store: Store;
  readonly api: Api;
  readonly sessions: Sessions;
}

interface VotingState {
  readonly currentVotableStep: {
    readonly id: string;
    readonly title: string;
    readonly open: boolean;
    readonly canDisplayBallot: boolean;
  } | null;
  readonly isArchived: boolean;
}

interface OwnVote {
  readonly votes: { readonly totalCount: number };
  readonly paperVotesTotalCount: number;
  readonly viewerVote?: {
    readonly completionStatus: 'COMPLETED' | 'MISSING_REQUIREMENTS';
    readonly isAccounted: boolean;
    readonly published: boolean;
    readonly requirementsUrl: string | null;
  } | null;
}

const STEP = `query ($id: ID!) {
  node(id: $id) { ... on Proposal { isArchived currentVotableStep { id title open canDisplayBallot } } }
}`;
const VOTE = `query ($id: ID!, $step: ID!, $signedIn: Boolean!) {
  node(id: $id) {
    ... on Proposal {
      votes(stepId: $step, first: 0) { totalCount }
      paperVotesTotalCount(stepId: $step)
      viewerVote(step: $step) @include(if: $signedIn) { completionStatus isAccounted published requirementsUrl }
    }
  }
}`;
const ADD = `mutation ($input: AddProposalVoteInput!) {
  addProposalVote(input: $input) { errorCode vote { completionStatus requirementsUrl } }
}`;
const REMOVE = 'mutation ($input: RemoveProposalVoteInput!) { removeProposalVote(input: $input) { previousVoteId } }';

/** What the last form has led to, said at the top of the page that follows. */
const OUTCOMES: Readonly<Record<string, string>> = {
  ajoute: 'Votre vote est enregistré.',
  retire: 'Votre vote est retiré.',
  refuse: 'Votre vote n’a pas pu être enregistré.',
  limite: 'Vous avez déjà donné tous vos votes à cette étape.',
  budget: 'Il ne vous reste pas assez de budget pour cette proposition.',
  deja: 'Vous avez déjà voté pour cette proposition.',
  ferme: 'Cette étape n’accepte pas de vote en ce moment.',
  telephone: 'Votre numéro de téléphone a déjà servi à voter à cette étape.',
};

const REFUSALS: Readonly<Record<string, keyof typeof OUTCOMES>> = {
  'You have reached the limit of votes.': 'limite',
  'proposal.vote.not_enough_credits': 'budget',
  'proposal.vote.already_voted': 'deja',
  'This step is no longer contributable.': 'ferme',
  'This step is not votable.': 'ferme',
  CONTRIBUTION_NOT_ALLOWED: 'ferme',
  PHONE_ALREADY_USED: 'telephone',
};

/** Our own documents against our own schema: the shape of the data is known to the caller. */
interface Answer<Data> {
  readonly data?: Data;
  readonly errors?: readonly { readonly message: string }[];
}

async function run<Data>(api: Api, query: string, variables: object, userId?: string): Promise<Answer<Data>> {
  const { body } = await api.execute({ endpoint: 'internal', query, variables: { ...variables }, userId });
  return body;
}

async function nodeOf<Node>(api: Api, query: string, variables: object, userId?: string): Promise<Node | undefined> {
  const { data } = await run<{ node: Node | null }>(api, query, variables, userId);
  return data?.node ?? undefined;
}

function ownVote({ viewerVote: vote }: OwnVote): Html | false {
  if (!vote) return false;
  if (vote.completionStatus === 'MISSING_REQUIREMENTS') {
    return html`<p>
      Votre vote attend des informations de votre part.
      ${vote.requirementsUrl && html`<a href="${vote.requirementsUrl}">Compléter ma participation</a>`}
    </p>`;
  }
  if (!vote.published)
    return html`<p>Vous avez voté. Votre vote comptera une fois votre adresse électronique confirmée.</p>`;
  if (!vote.isAccounted) return html`<p>Vous avez voté. Votre vote comptera une fois le minimum de votes atteint.</p>`;
  return html`<p>Vous avez voté pour cette proposition.</p>`;
}

function voteForm(id: string, step: string, path: string, voted: boolean): Html {
  return html`<form method="post" action="/vote">
    <input type="hidden" name="proposal" value="${id}" />
    <input type="hidden" name="step" value="${step}" />
    <input type="hidden" name="back" value="${path}" />
    <button class="button" name="act" value="${voted ? 'remove' : 'add'}">
      ${voted ? 'Retirer mon vote' : 'Voter pour cette proposition'}
    </button>
  </form>`;
}

/** Votes of a proposal, and the way to vote for it: the place to which other sites link. */
export async function votingSection(
  page: Page,
  path: string,
  visitor: Visitor | undefined,
  api: Api,
): Promise<Html | false> {
  const id = globalId('Proposal', page.id);
  const proposal = await nodeOf<VotingState>(api, STEP, { id }, visitor?.id);
  const step = proposal?.currentVotableStep;
  if (!step || proposal.isArchived) return false;
  const variables = { id, step: step.id, signedIn: visitor !== undefined };
  const state = await nodeOf<OwnVote>(api, VOTE, variables, visitor?.id);
  if (!state) return false;
  const total = state.votes.totalCount + state.paperVotesTotalCount;
  const url = new URL(path, 'http://platform');
  const outcome = OUTCOMES[url.searchParams.get('vote') ?? ''];
  const voted = state.viewerVote?.completionStatus === 'COMPLETED';
  return html`<section class="voting" aria-labelledby="voter">
    <h2 id="voter">${step.title}</h2>
    ${outcome && html`<p class="notice" role="status">${outcome}</p>`}
    <p>
      ${
        step.canDisplayBallot
          ? html`<strong>${new Intl.NumberFormat('fr-FR').format(total)}</strong> ${total < 2 ? 'vote' : 'votes'}`
          : 'Le scrutin est secret\u00a0: les résultats seront publiés plus tard.'
      }
    </p>
    ${ownVote(state)}
    ${
      !step.open
        ? html`<p>Cette étape n’est pas ouverte au vote.</p>`
        : visitor
          ? voteForm(id, step.id, url.pathname, voted)
          : html`<p><a class="button" href="${loginPath(url.pathname)}">Se connecter pour voter</a></p>`
    }
  </section>`;
}

/** Receives the forms of those sections. They work without scripts, and end on the page that they came from. */
export function votingRouter({ store, api, sessions }: Services): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.post('/vote', async (request, response) => {
    if (!isOwnForm(request)) return void response.status(403).send(errorPage(403));
    const form = readForm(request);
    const back = ownPath(form.get('back'), request, store.baseUrl);
    const userId = sessions.userOf(request, response);
    if (userId === undefined) return response.redirect(303, loginPath(back));
    const input = { proposalId: form.get('proposal'), stepId: form.get('step') };
    const adding = form.get('act') !== 'remove';
    const { data, errors } = await run<{
      addProposalVote?: {
        readonly errorCode: string | null;
        readonly vote: { readonly completionStatus: string; readonly requirementsUrl: string | null } | null;
      } | null;
    }>(api, adding ? ADD : REMOVE, { input }, userId);
    const refusal = errors?.[0]?.message ?? data?.addProposalVote?.errorCode;
    const vote = data?.addProposalVote?.vote;
    if (vote?.completionStatus === 'MISSING_REQUIREMENTS' && vote.requirementsUrl) {
      return response.redirect(303, ownPath(vote.requirementsUrl, request, store.baseUrl));
    }
    const outcome = refusal ? (REFUSALS[refusal] ?? 'refuse') : adding ? 'ajoute' : 'retire';
    response.redirect(303, `${back.split(/[?#]/, 1)[0]}?vote=${outcome}`);
  });
  return router;
}
