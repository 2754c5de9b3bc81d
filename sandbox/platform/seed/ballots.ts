import { globalId } from '../ids.js';
import { ballotSubjects, bodyOf, type BallotSubject } from './ballot-subjects.js';
import {
  addForm,
  addProject,
  addProposals,
  addSteps,
  addVote,
  choose,
  selectAll,
  type Form,
  type Town,
} from './builders.js';
import { paragraphs } from './seeding.js';

/** One project for each way of voting. */
export function seedBallots(town: Town): void {
  for (const subject of ballotSubjects) seedBallot(town, subject);
}

function seedBallot(town: Town, subject: BallotSubject): void {
  const { seeding } = town;
  const { key, steps } = subject;
  const project = addProject(town, {
    key: `vote-${key}`,
    title: subject.title,
    type: subject.type,
    themes: [subject.theme],
    districts: ['centre-ville'],
    published: subject.published,
    fields: { description: paragraphs(subject.description), meta_description: subject.description },
  });
  const ids = addSteps(town, `vote-${key}`, project, steps);
  const collect = ids[steps.findIndex((step) => step.collects)] ?? '';
  const votes = steps.findIndex((step) => step.votes);
  const step = ids[votes] ?? '';
  const type = steps[votes]?.type ?? '';
  const form = addForm(town, {
    key: `vote-${key}`,
    stepId: collect,
    title: subject.title,
    reference: subject.reference,
    categories: [
      ['Idée des habitants', '#0b5d4e', 'bulb'],
      ['Idée d’une association', '#14508c', 'meeting-lab'],
    ],
    fields: {
      costable: subject.proposals.some(([, , cost]) => cost !== undefined) ? 1 : 0,
      using_district: 0,
      using_address: 0,
      is_map_view_enabled: 0,
      ...subject.form,
    },
  });
  const proposals = seedProposals(town, subject, form);
  if (step !== collect) selectAll(town, step, proposals);
  subject.requirements?.forEach(([requirement, label], i) => {
    seeding.add('requirement', `${key}/${i}`, { step_id: step, type: requirement, label, position: i + 1 });
  });
  const chosen = proposals.slice(0, subject.proposals.length);
  seedVotes(town, subject, step, chosen);
  if (key === 'closed') seedResults(town, step, chosen);

  seeding.call('steps', key, globalId(type, step));
  seeding.callAll(
    'proposals',
    key,
    proposals.map((id) => globalId('Proposal', id)),
  );
  if (key === 'closed') seeding.call('projects', 'closed', globalId('Project', project));
}

/** The archived proposal comes last. */
function seedProposals(town: Town, subject: BallotSubject, form: Form): string[] {
  const common = { theme: subject.theme };
  const lines = subject.proposals.map(([title, summary, estimation], i) => ({
    ...common,
    title,
    summary,
    body: bodyOf(summary),
    estimation: estimation ?? null,
    category: i % 3 === 2 ? 'Idée d’une association' : 'Idée des habitants',
  }));
  const { archived } = subject;
  const put = archived && {
    ...common,
    title: archived[0],
    summary: archived[1],
    body: bodyOf(archived[1]),
    category: 'Idée des habitants',
    fields: { is_archived: 1 },
  };
  return addProposals(town, form, put ? [...lines, put] : lines, subject.span);
}

function seedVotes(town: Town, subject: BallotSubject, step: string, proposals: readonly string[]): void {
  const { seeding, people } = town;
  const { key, voters, each, votedSince } = subject;
  const settings = subject.steps.find(({ votes }) => votes)?.fields;
  const costs = new Map(proposals.map((id, i) => [id, subject.proposals[i]?.[2] ?? 0]));
  const until = Math.min(-1, votedSince + 13);
  for (const user of seeding.shuffled(people.citizens).slice(0, voters)) {
    const count = settings?.['votes_min']
      ? seeding.between(Number(settings['votes_min']), each)
      : seeding.between(1, each);
    let left = Number(settings?.['budget'] ?? Infinity);
    const at = seeding.day(seeding.between(votedSince, until), seeding.between(7, 22), seeding.between(0, 59));
    choose(seeding, proposals, count).forEach((proposal, position) => {
      left -= settings?.['budget'] ? (costs.get(proposal) ?? 0) : 0;
      if (left < 0) return;
      addVote(town, { proposal, step, user, at, ...(key === 'ranking' ? { ranking: position } : {}) });
    });
  }
}

/** What the budget of the year before paid for, in the order of the votes. */
function seedResults({ seeding, people }: Town, step: string, proposals: readonly string[]): void {
  const won = seeding.add('step_status', 'closed/won', {
    step_id: step,
    name: 'Projet lauréat',
    color: 'SUCCESS',
    position: 1,
  });
  const lost = seeding.add('step_status', 'closed/lost', {
    step_id: step,
    name: 'Non retenu',
    color: 'DEFAULT',
    position: 2,
  });
  proposals.forEach((proposal, i) => {
    seeding.insert('paper_vote', { proposal_id: proposal, step_id: step, total_count: (i * 13 + 9) % 41 });
    seeding.sql.run(
      'UPDATE proposal_selection SET status_id = ? WHERE proposal_id = ? AND step_id = ?',
      i < 4 ? won : lost,
      proposal,
      step,
    );
    if (i >= 4) return;
    ['Étude', 'Travaux', 'Ouverture'].forEach((title, n) => {
      seeding.add('progress_step', `closed/${i}/${n}`, {
        proposal_id: proposal,
        title,
        start_at: seeding.day(-320 + n * 90 + i * 5),
        end_at: seeding.day(-240 + n * 90 + i * 5),
      });
    });
    const at = seeding.day(-330);
    seeding.add('official_response', `closed/${i}`, {
      proposal_id: proposal,
      author_id: people.town,
      body: paragraphs(
        'Lauréat du vote, ce projet est réalisé par la ville. Son avancement est publié sur cette page.',
      ),
      created_at: at,
      published_at: at,
    });
  });
}
