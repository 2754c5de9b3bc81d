import { globalId } from '../ids.js';
import { seedManyProposals } from './ballots-many.js';
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
import { paragraphs, type Seeding } from './seeding.js';

/** One project for each way of voting, and one with a very long list. */
export function seedBallots(town: Town): void {
  for (const subject of ballotSubjects) seedBallot(town, subject);
  seedManyProposals(town);
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
    districts: subject.districts ?? [],
    fields: {
      costable: subject.proposals.some(([, , cost]) => typeof cost === 'number') ? 1 : 0,
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
  if (key === 'ranking') seedPaperRanking(town, step, chosen);
  if (key === 'closed') seedResults(town, subject, step, chosen);

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
  const lines = subject.proposals.map(([title, summary, estimation, district], i) => ({
    ...common,
    ...(district === undefined ? {} : { district }),
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

/** Ballots that were filled in at the market, each of which ranks one axis. */
function seedPaperRanking({ seeding }: Town, step: string, proposals: readonly string[]): void {
  for (const [i, count] of [12, 9, 0, 4].entries()) {
    if (count === 0) continue;
    seeding.insert('paper_vote', {
      proposal_id: proposals[i] ?? '',
      step_id: step,
      total_count: count,
      total_points_count: count * (5 - i),
    });
  }
}

/** What the budget of the year before paid for: in the order of all votes, each proposal that the rest still covers. */
function seedResults(
  { seeding, people }: Town,
  subject: BallotSubject,
  step: string,
  proposals: readonly string[],
): void {
  const addStatus = (name: string, color: string, position: number): string =>
    seeding.add('step_status', `closed/${position}`, { step_id: step, name, color, position });
  const won = addStatus('Lauréate', 'SUCCESS', 1);
  const lost = addStatus('Non retenue', 'DEFAULT', 2);
  let left = Number(subject.steps.find(({ votes }) => votes)?.fields?.['budget'] ?? 0);
  const results = proposals.map((proposal, i) => {
    const cost = subject.proposals[i]?.[2] ?? 0;
    // Nobody could choose what the whole budget does not pay, on paper either.
    const paper = cost > left ? 0 : (i * 13 + 9) % 41;
    if (paper > 0) seeding.insert('paper_vote', { proposal_id: proposal, step_id: step, total_count: paper });
    const online = seeding.sql.number(
      'SELECT count(*) FROM proposal_vote WHERE proposal_id = ? AND step_id = ?',
      proposal,
      step,
    );
    return { proposal, votes: online + paper, cost };
  });
  for (const { proposal, cost } of results.sort((a, b) => b.votes - a.votes)) {
    const paid = cost <= left;
    if (paid) left -= cost;
    seeding.sql.run(
      'UPDATE proposal_selection SET status_id = ? WHERE proposal_id = ? AND step_id = ?',
      paid ? won : lost,
      proposal,
      step,
    );
    if (paid) seedWorks(seeding, people.town, proposal, proposals.indexOf(proposal));
  }
}

/** What became of a proposal that was chosen. */
function seedWorks(seeding: Seeding, town: string, proposal: string, i: number): void {
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
    author_id: town,
    body: paragraphs('Lauréate du vote, cette proposition est réalisée par la ville. Son avancement est publié ici.'),
    created_at: at,
    published_at: at,
  });
}
