import { archivedProposal, budgetCategories, budgetDistricts, budgetProposals } from './budget-proposals.js';
import { addForm, addProject, addProposals, addSteps, addVote, choose, selectAll, type Town } from './builders.js';
import { paragraphs, type Seeding } from './seeding.js';
import { globalId } from '../ids.js';

const total = 300_000;

/** The participatory budget that is being voted: the project that the town's own page shows first. */
export function seedBudget(town: Town): void {
  const { seeding, people } = town;
  const project = addProject(town, {
    key: 'budget',
    title: 'Budget participatif 2026',
    type: 'budget-participatif',
    themes: ['cadre-de-vie', 'nature-en-ville', 'solidarites'],
    districts: [
      'centre-ville',
      'bords-de-la-lorette',
      'bellefontaine',
      'gare-saint-eloi',
      'la-croix-haute',
      'les-prairies',
    ],
    published: -125,
    fields: {
      meta_description:
        '300 000 € pour les idées des habitants de Valmont : votez pour celles que vous voulez voir naître.',
      description: paragraphs(
        'Chaque année, la ville confie une part de son budget à ses habitants. En 2026, 300 000 € financent les idées que vous choisissez.',
        'Toute personne de 11 ans et plus qui vit, étudie ou travaille à Valmont peut voter.',
      ),
      step_display_type: 'NUMBERED_LIST',
    },
  });
  const [, collect = '', , vote = ''] = addSteps(town, 'budget', project, [
    {
      type: 'PresentationStep',
      title: 'Présentation',
      fields: {
        body: paragraphs('Comment naît un projet, qui l’étudie, qui décide : le budget participatif pas à pas.'),
      },
    },
    {
      type: 'CollectStep',
      title: 'Dépôt des idées',
      start: -120,
      end: -75,
      fields: {
        body: paragraphs('Les habitants ont déposé 26 idées, seuls, en famille, en classe ou avec une association.'),
      },
    },
    {
      type: 'OtherStep',
      title: 'Analyse par les services',
      start: -74,
      end: -12,
      fields: { body: paragraphs('Les services ont vérifié que chaque idée est possible et en ont estimé le coût.') },
    },
    {
      type: 'SelectionStep',
      title: 'Vote des habitants',
      start: -11,
      end: 19,
      fields: {
        body: paragraphs('Composez votre liste : le total de vos choix ne peut pas dépasser 300 000 €.'),
        vote_type: 'BUDGET',
        budget: total,
        votes_help_text: paragraphs('Choisissez autant de projets que vous voulez, dans la limite de 300 000 €.'),
        vote_button_icon: 'MONEY_PIGGY',
        default_sort: 'random',
        sub_type: 'VOTE',
      },
    },
    {
      type: 'SelectionStep',
      title: 'Réalisation',
      start: 45,
      end: 410,
      fields: {
        body: paragraphs('Les projets retenus seront réalisés dans les douze mois.'),
        sub_type: 'RESULT',
        allowing_progress_steps: 1,
      },
    },
  ]);
  const form = addForm(town, {
    key: 'budget',
    stepId: collect,
    title: 'Déposer une idée',
    reference: 'BP26',
    categories: budgetCategories,
    districts: budgetDistricts,
    fields: {
      costable: 1,
      description: paragraphs('Une idée utile à tous, sur l’espace public ou dans un lieu de la ville.'),
    },
  });
  const proposals = addProposals(town, form, [...budgetProposals, archivedProposal], [-119, -76]);
  const status = seeding.add('step_status', 'budget/vote/1', {
    step_id: vote,
    name: 'Soumis au vote',
    color: 'INFO',
    position: 1,
  });
  seeding.add('step_status', 'budget/vote/2', { step_id: vote, name: 'Projet lauréat', color: 'SUCCESS', position: 2 });
  selectAll(town, vote, proposals, status);
  seedVotes(town, vote, proposals);
  // The town also collected ballots on paper, at the market and in the retirement home.
  const paper = [57, 0, 31, 0, 12] as const;
  paper.forEach((count, i) => {
    if (count > 0) seeding.insert('paper_vote', { proposal_id: proposals[i] ?? '', step_id: vote, total_count: count });
  });
  seedComments(seeding, proposals, people.citizens);

  seeding.call('projects', 'budget', globalId('Project', project));
  seeding.call('steps', 'budget', globalId('SelectionStep', vote));
  seeding.callAll(
    'proposals',
    'budget',
    proposals.map((id) => globalId('Proposal', id)),
  );
}

/** Each voter fills a list that the budget can pay. */
function seedVotes(town: Town, step: string, proposals: readonly string[]): void {
  const { seeding, people } = town;
  const costs = new Map(budgetProposals.map(({ estimation }, i) => [proposals[i] ?? '', estimation ?? 0]));
  const payable = proposals.filter((id) => (costs.get(id) ?? Infinity) <= total);
  for (const user of people.citizens.slice(0, 400)) {
    let left = total;
    const at = seeding.day(-seeding.between(1, 10), seeding.between(7, 22), seeding.between(0, 59));
    for (const proposal of choose(seeding, payable, seeding.between(2, 4))) {
      const cost = costs.get(proposal) ?? 0;
      if (cost > left) continue;
      left -= cost;
      addVote(town, { proposal, step, user, at });
    }
  }
}

const remarks = [
  'Belle idée, je passe devant tous les jours.',
  'Qui s’occupera de l’entretien ?',
  'Nous serions plusieurs voisins prêts à donner un coup de main.',
  'Il faudrait aussi penser à l’éclairage.',
  'Enfin ! Cela manque vraiment au quartier.',
] as const;

function seedComments(seeding: Seeding, proposals: readonly string[], citizens: readonly string[]): void {
  proposals.forEach((proposal, i) => {
    for (let n = 0; n < (i * 7) % 5; n++) {
      const at = seeding.day(-60 + n * 3, 18, i);
      seeding.add('comment', `budget/${i}/${n}`, {
        proposal_id: proposal,
        author_id: citizens[(i * 5 + n) % citizens.length],
        body: remarks[(i + n) % remarks.length],
        created_at: at,
        published_at: at,
      });
    }
  });
}
