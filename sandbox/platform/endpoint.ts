/** Which of the platform's schemas is spoken: each has an address of its own. */
export type Endpoint = 'public' | 'preview' | 'internal';
