import type { Sql } from '../database.js';
import type { RequirementRow, StepRow, VoterRow } from '../rows.js';

/** Those that a verification precedes come first, as on the platform's own form. */
const order = ['EMAIL_VERIFIED', 'PHONE', 'PHONE_VERIFIED'];

export function requirementsOf(sql: Sql, step: StepRow): RequirementRow[] {
  const rank = (type: string): number => (order.indexOf(type) + order.length + 1) % (order.length + 1);
  return sql
    .all<UntypedRow>('SELECT * FROM requirement WHERE step_id = ? ORDER BY position', step.id)
    .map(typed)
    .sort((a, b) => rank(a.type) - rank(b.type));
}

export function requirementById(sql: Sql, id: string): RequirementRow | undefined {
  const row = sql.get<UntypedRow>('SELECT * FROM requirement WHERE id = ?', id);
  return row && typed(row);
}

type UntypedRow = Omit<RequirementRow, '__typename'>;

function typed(row: UntypedRow): RequirementRow {
  return { ...row, __typename: requirementType(row.type) };
}

/** `DATE_OF_BIRTH` is answered as a `DateOfBirthRequirement`. */
function requirementType(type: string): string {
  if (type === 'SSO') return 'SSORequirement';
  const words = type.toLowerCase().split('_');
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}Requirement`;
}

export function meetsRequirement(sql: Sql, requirement: RequirementRow, voter: VoterRow): boolean {
  switch (requirement.type) {
    case 'EMAIL_VERIFIED':
      return voter.email_confirmed_at !== null;
    case 'PHONE':
      return voter.phone !== null;
    case 'PHONE_VERIFIED':
      return voter.phone !== null && Boolean(voter.phone_confirmed);
    case 'FIRSTNAME':
      return voter.firstname !== null;
    case 'LASTNAME':
      return voter.lastname !== null;
    case 'DATE_OF_BIRTH':
      return voter.date_of_birth !== null;
    case 'ZIP_CODE':
      return voter.zip_code !== null;
    case 'POSTAL_ADDRESS':
      return voter.postal_address !== null;
    case 'IDENTIFICATION_CODE':
      return voter.user_identification_code !== null;
    case 'FRANCE_CONNECT':
    case 'SSO':
      // These services know accounts only.
      return voter.__typename !== 'Participant' && Boolean(voter.is_france_connect_account);
    case 'CONSENT_PRIVACY_POLICY':
      return Boolean(voter.consent_privacy_policy);
    default:
      return (
        sql.number(
          'SELECT count(*) FROM user_requirement WHERE user_id = ? AND requirement_id = ?',
          voter.id,
          requirement.id,
        ) > 0
      );
  }
}

export function meetsRequirements(sql: Sql, step: StepRow, voter: VoterRow): boolean {
  return requirementsOf(sql, step).every((requirement) => meetsRequirement(sql, requirement, voter));
}
