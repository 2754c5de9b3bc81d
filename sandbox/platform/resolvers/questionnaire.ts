import { sources } from '../objects.js';
import type { QuestionnaireRow, QuestionRow, ReplyRow } from '../rows.js';
import { isAdmin } from '../rules/access.js';
import { notPublishedReason } from '../rules/publication.js';
import { isOpen } from '../rules/time.js';
import { arrayConnection, emptyConnection, listConnection, type PageArgs } from './connection.js';
import type { Context } from './context.js';
import { withGlobalId, type TypeResolvers } from './fields.js';
import { contributors } from './people.js';

interface RepliesArgs extends PageArgs {
  readonly includeUnpublished?: boolean;
  readonly includeDraft?: boolean;
}

function replies(conditions: readonly string[], values: readonly string[], args: RepliesArgs, { sql }: Context) {
  const { columns, from } = sources.reply;
  const where = [...conditions];
  if (!args.includeDraft) where.push('r.draft = 0');
  if (!args.includeUnpublished)
    where.push(args.includeDraft ? '(r.draft = 1 OR r.published_at IS NOT NULL)' : 'r.published_at IS NOT NULL');
  const order = [{ by: 'r.created_at', direction: 'DESC' as const }];
  return listConnection<ReplyRow>(sql, { columns, from, where, values, order }, args, (reply) => reply);
}

const Questionnaire = {
  ...withGlobalId('Questionnaire'),
  step: (row: QuestionnaireRow, _: unknown, { objects }: Context) => objects.step(row.step_id),
  contribuable: (row: QuestionnaireRow, _: unknown, { objects, now }: Context) =>
    isOpen(objects.step(row.step_id), now),
  participants: (row: QuestionnaireRow, args: PageArgs, context: Context) =>
    contributors(['step_id', row.step_id], args, context),
  questions: (row: QuestionnaireRow, _: unknown, { objects }: Context) =>
    objects.list('question', 'WHERE n.questionnaire_id = ? ORDER BY n.position', row.id),
  replies: (row: QuestionnaireRow, args: RepliesArgs, context: Context) =>
    replies(['r.questionnaire_id = ?'], [row.id], args, context),
  viewerReplies: (row: QuestionnaireRow, args: PageArgs, context: Context) =>
    context.viewer
      ? replies(
          ['r.questionnaire_id = ?', 'r.author_id = ?'],
          [row.id, context.viewer.id],
          { ...args, includeDraft: true, includeUnpublished: true },
          context,
        )
      : null,
};

interface ResponsesArgs extends PageArgs {
  readonly term?: string | null;
  readonly orderBy?: { readonly direction?: 'ASC' | 'DESC' | null } | null;
}

/** Private results are for administrators; for a caller without an account the platform trips over its own check. */
function responses(row: QuestionRow, args: ResponsesArgs, { objects, viewer, sql }: Context) {
  if (objects.questionnaire(row.questionnaire_id).private_result) {
    if (!viewer) throw new TypeError('The viewer is null');
    if (!isAdmin(viewer)) return emptyConnection();
  }
  const where = ['a.question_id = ?', 'r.draft = 0', 'r.published_at IS NOT NULL', 'a.value IS NOT NULL'];
  return listConnection(
    sql,
    {
      columns: "'ValueResponse' AS __typename, a.*",
      from: 'response a JOIN reply r ON r.id = a.reply_id',
      where: args.term ? [...where, 'a.value LIKE ?'] : where,
      values: args.term ? [row.id, `%${args.term}%`] : [row.id],
      order: [{ by: 'r.created_at', direction: args.orderBy?.direction ?? 'DESC' }],
    },
    args,
    (response) => response,
  );
}

const SimpleQuestion = { ...withGlobalId('Question'), number: (row: QuestionRow) => row.position, responses };

const MultipleChoiceQuestion = {
  ...SimpleQuestion,
  choices: (row: QuestionRow, args: PageArgs & { readonly term?: string | null }, { sql }: Context) => {
    const rows = sql.all(
      'SELECT * FROM question_choice WHERE question_id = ? AND title LIKE ? ORDER BY position',
      row.id,
      `%${args.term ?? ''}%`,
    );
    return arrayConnection(rows, args, (choice) => choice, 9999);
  },
};

interface ResponseRow {
  readonly id: string;
  readonly reply_id: string;
  readonly question_id: string;
  readonly value: string | null;
}

const ValueResponse = {
  ...withGlobalId('Response'),
  question: (row: ResponseRow, _: unknown, { objects }: Context) => objects.read('question', row.question_id),
  reply: (row: ResponseRow, _: unknown, { objects }: Context) => objects.read('reply', row.reply_id),
  formattedValue: (row: ResponseRow) => row.value,
};

/** Nobody but the author learns who gave a private reply. */
function authorOf(row: ReplyRow, _: unknown, { objects, viewer }: Context) {
  const hidden = row.private && row.author_id !== viewer?.id && !isAdmin(viewer);
  return row.author_id === null || hidden ? null : objects.user(row.author_id);
}

const Reply = {
  ...withGlobalId('Reply'),
  url: (row: ReplyRow, _: unknown, { links, objects }: Context) =>
    `${links.step(objects.step(row.step_id))}/replies/${row.id}`,
  questionnaire: (row: ReplyRow, _: unknown, { objects }: Context) => objects.questionnaire(row.questionnaire_id),
  related: () => null,
  author: authorOf,
  isAnonymous: (row: ReplyRow) => row.author_id === null,
  responses: (row: ReplyRow, _: unknown, { sql }: Context) =>
    sql.all(
      `SELECT 'ValueResponse' AS __typename, a.* FROM response a JOIN question n ON n.id = a.question_id
        WHERE a.reply_id = ? ORDER BY n.position`,
      row.id,
    ),
  published: (row: ReplyRow) => row.published_at !== null,
  publishableUntil: (row: ReplyRow, _: unknown, { objects }: Context) => objects.step(row.step_id).end_at,
  notPublishedReason: (row: ReplyRow, _: unknown, { objects, now }: Context) => {
    const author = row.author_id === null ? undefined : objects.user(row.author_id);
    return notPublishedReason(row, author, objects.step(row.step_id).end_at, now);
  },
};

export const questionnaireResolvers: Record<string, TypeResolvers> = {
  Questionnaire,
  SimpleQuestion,
  MultipleChoiceQuestion,
  QuestionChoice: withGlobalId('QuestionChoice'),
  ValueResponse,
  Reply,
};
