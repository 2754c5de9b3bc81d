import { rawId } from '../ids.js';
import type { ParticipantRow } from '../rows.js';
import { meetsRequirements } from '../rules/requirements.js';
import type { Context } from './context.js';
import { withGlobalId, type TypeResolvers } from './fields.js';
import { viewerVotes, type ViewerVotesArgs } from './votes.js';

function participantOf(token: string, { objects }: Context): ParticipantRow | undefined {
  return objects.list<ParticipantRow>('participant', 'WHERE t.token = ?', token)[0];
}

/** The participant of a token as the platform's cookie holds it, in base64. The token itself says nothing here. */
export function participantOfCookie(token: string | null | undefined, context: Context): ParticipantRow | undefined {
  return token ? participantOf(Buffer.from(token, 'base64').toString('latin1'), context) : undefined;
}

/** The participant of a token in either form, as mutations take it. */
export function findParticipant(token: string | null | undefined, context: Context): ParticipantRow | undefined {
  return token ? (participantOf(token, context) ?? participantOfCookie(token, context)) : undefined;
}

const Participant = {
  ...withGlobalId('Participant'),
  displayName: ({ firstname, lastname }: ParticipantRow) =>
    [firstname, lastname].filter(Boolean).join(' ') || 'Participant sans compte',
  isEmailConfirmed: (row: ParticipantRow) => row.email_confirmed_at !== null,
  postalAddress: ({ postal_address: line }: ParticipantRow) => (line === null ? null : (JSON.parse(line) as unknown)),
  isMeetingRequirements: (row: ParticipantRow, { stepId }: { stepId: string }, { sql, objects }: Context) =>
    meetsRequirements(sql, objects.step(rawId(stepId)), row),
  proposalVotes: (row: ParticipantRow, args: ViewerVotesArgs, context: Context) => viewerVotes(row, args, context),
};

export const participantResolvers: Record<string, TypeResolvers> = { Participant };

export const participantQueries = {
  participant: (_: unknown, { token }: { token?: string | null }, context: Context) => findParticipant(token, context),
};
