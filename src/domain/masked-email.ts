/** An e-mail address by which its owner knows it and nobody else learns it: the first letter, and the whole domain. */
export function maskedEmail(email: string): string {
  const [first = ''] = email;
  const at = email.lastIndexOf('@');
  return at > 0 ? `${first}•••${email.slice(at)}` : `${first}•••`;
}
