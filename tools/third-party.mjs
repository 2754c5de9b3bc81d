/** Writes the licences of the packages whose code goes into our files, as they ask for, beside those files. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import license from 'rollup-plugin-license';

const NAME = 'THIRD-PARTY-LICENSES.txt';
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** By folder, the notices of all bundles that are written to it so far: each build adds its own. */
const notices = new Map();

function noticeOf({ name, version, license, repository, licenseText, noticeText }) {
  if (!licenseText) throw new Error(`${name} ${version} brings no text of its licence, which has to go with its code.`);
  const source = typeof repository === 'string' ? repository : repository?.url;
  return [`${name} ${version} (${license})`, source, '', licenseText.trim(), noticeText?.trim()]
    .filter((line) => line !== undefined)
    .join('\n');
}

/** @param folder - Where the bundle goes. */
export const thirdParty = (folder) =>
  license({
    thirdParty: {
      includePrivate: false,
      output(dependencies) {
        const all = notices.get(folder) ?? new Map();
        notices.set(folder, all);
        for (const dependency of dependencies)
          all.set(`${dependency.name} ${dependency.version}`, noticeOf(dependency));
        mkdirSync(folder, { recursive: true });
        const head = 'Cap Widgets holds code of these packages, under their own licences.';
        const texts = [...all.keys()].sort().map((key) => all.get(key));
        writeFileSync(path.join(folder, NAME), `${[head, ...texts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
      },
    },
  });

/** What a file that is put on a page by itself begins with: of what it is, and where the licences are. */
export const banner = ({ isEntry }) => (isEntry ? `/*! Cap Widgets ${version} | MIT | ${NAME} */` : '');
