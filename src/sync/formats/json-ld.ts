import type { Licence } from '../data-package.js';
import { textOf } from '../html.js';
import { known, present, type Format, type Known, type Subject } from './format.js';

/** Names of schema.org, and nothing of what is not there. */
type Thing = Readonly<Record<string, unknown>>;

type Place = { readonly address: string | null; readonly lat: number; readonly lng: number } | null;
type Person = { readonly name: string | null; readonly url: string | null };

/** Linked data in the words of schema.org: one feed of things, with its licence and its provider. */
export const jsonLd: Format = {
  extension: 'jsonld',
  mediaType: 'application/ld+json',
  async write(records, sink, subject) {
    const { title, platform, lang, licence, lastChange, kind } = subject;
    const head = {
      '@context': 'https://schema.org',
      '@type': 'DataFeed',
      name: title,
      url: platform,
      isBasedOn: platform,
      inLanguage: lang,
      license: licenceOf(licence),
      provider: platformOf(subject),
      ...(lastChange && { dateModified: lastChange }),
    };
    await sink.write(`${stringify(head).slice(0, -1)},"dataFeedElement":[`);
    let between = '\n';
    for await (const record of present(records)) {
      await sink.write(between + stringify(thingOf(known(kind, record), subject)));
      between = ',\n';
    }
    await sink.write('\n]}\n');
  },
};

/** Pages carry this in a `script`, which no text in it may end. */
const stringify = (value: unknown): string => JSON.stringify(value, withoutNothing).replace(/</g, '\\u003c');

const withoutNothing = (_: string, value: unknown): unknown =>
  value === null || (Array.isArray(value) && value.length === 0) ? undefined : value;

const licenceOf = ({ title, path }: Licence): unknown =>
  path ? { '@type': 'CreativeWork', name: title, url: path } : title;

const platformOf = ({ platform }: Subject): Thing => ({
  '@type': 'Organization',
  name: new URL(platform).host,
  url: platform,
});

const placeOf = (place: Place): Thing | null =>
  place && {
    '@type': 'Place',
    name: place.address,
    address: place.address,
    geo: { '@type': 'GeoCoordinates', latitude: place.lat, longitude: place.lng },
  };

const personOf = ({ name, url }: Person): Thing | null => (name ? { '@type': 'Person', name, url } : null);

const countOf = (action: string, count: number | null): Thing | null =>
  count === null
    ? null
    : { '@type': 'InteractionCounter', interactionType: `https://schema.org/${action}`, userInteractionCount: count };

const namesOf = (named: readonly { readonly name: string }[]): string[] => named.map(({ name }) => name);

/** An object in the words of schema.org. */
function thingOf(known: Known, subject: Subject): Thing {
  const { id, url } = known.record;
  const common = { identifier: id, url };
  switch (known.kind) {
    case 'projects': {
      const { title, summary, cover, publishedAt, themes, districts, type, authors, counts } = known.record;
      const { status, startAt, endAt } = known.record;
      return {
        '@type': 'CreativeWork',
        ...common,
        name: title,
        description: summary,
        image: cover,
        genre: type,
        datePublished: publishedAt,
        creativeWorkStatus: status,
        // An interval of ISO 8601, whose end may be open.
        temporalCoverage: startAt && `${startAt}/${endAt ?? '..'}`,
        keywords: namesOf(themes),
        spatialCoverage: namesOf(districts),
        author: authors.map(personOf).filter(Boolean),
        interactionStatistic: [
          countOf('VoteAction', counts.votes),
          countOf('WriteAction', counts.contributions),
          countOf('JoinAction', counts.contributors),
        ],
      };
    }
    case 'steps': {
      const { title, startAt, endAt, projectId, projectTitle } = known.record;
      return {
        '@type': 'Event',
        ...common,
        name: title,
        startDate: startAt,
        endDate: endAt,
        eventAttendanceMode: 'https://schema.org/OnlineEventAttendanceMode',
        location: { '@type': 'VirtualLocation', url },
        about: { '@type': 'CreativeWork', identifier: projectId, name: projectTitle },
        organizer: platformOf(subject),
      };
    }
    case 'events': {
      const { title, html, link, startAt, endAt, place } = known.record;
      return {
        '@type': 'Event',
        ...common,
        name: title,
        description: textOf(html),
        startDate: startAt,
        endDate: endAt,
        eventStatus: 'https://schema.org/EventScheduled',
        location: placeOf(place),
        organizer: platformOf(subject),
        sameAs: link,
      };
    }
    case 'proposals': {
      const { title, text, summary, createdAt, publishedAt, updatedAt, author, theme, category, place, votes } =
        known.record;
      return {
        '@type': 'CreativeWork',
        ...common,
        name: title,
        abstract: summary,
        text,
        dateCreated: createdAt,
        datePublished: publishedAt,
        dateModified: updatedAt,
        author: personOf(author),
        keywords: [theme?.name, category].filter(Boolean),
        contentLocation: placeOf(place),
        interactionStatistic: countOf('VoteAction', votes),
      };
    }
    case 'contributions': {
      const { title, text, html, createdAt, publishedAt, updatedAt, parentId, moderation, kind } = known.record;
      return {
        '@type': 'Comment',
        ...common,
        name: title,
        text: text ?? (html === null ? null : textOf(html)),
        genre: kind,
        dateCreated: createdAt,
        datePublished: publishedAt,
        dateModified: updatedAt,
        parentItem: parentId && { '@type': 'Comment', identifier: parentId },
        creativeWorkStatus: moderation && ['moderated', moderation.reason].filter(Boolean).join(': '),
      };
    }
  }
}
