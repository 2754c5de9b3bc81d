import { expect } from '@open-wc/testing';

import { prepareAnnouncer } from '../../src/ui/announcer.js';
import { announced } from '../support/perceive.js';

describe('what screen readers are told', () => {
  // As on a page on which nobody has said anything yet.
  beforeEach(() => {
    for (const region of document.querySelectorAll('body > [role=status], body > [role=alert]')) region.remove();
  });
  afterEach(() => {
    for (const region of document.querySelectorAll('body > [role=status], body > [role=alert]'))
      region.textContent = '';
  });

  it('finds its regions in place, and empty', async () => {
    const prepared = prepareAnnouncer();
    expect(document.querySelectorAll('body > [role=status], body > [role=alert]')).to.have.length(2);
    expect([announced('status'), announced('alert')]).to.deep.equal(['', '']);
    (await prepared)('Vote enregistré.');
    expect([announced('status'), announced('alert')]).to.deep.equal(['Vote enregistré.', '']);
  });

  it('keeps its order while the regions are new: the last sentence stays', async () => {
    const said: string[] = [];
    const say = (text: string): Promise<void> =>
      prepareAnnouncer().then((announce) => {
        announce(text);
        said.push(text);
      });
    await Promise.all(['Déconnexion…', 'Vous n’êtes plus connecté.'].map(say));
    expect(said).to.deep.equal(['Déconnexion…', 'Vous n’êtes plus connecté.']);
    expect(announced('status')).to.equal('Vous n’êtes plus connecté.');
  });

  it('comes back where the page has thrown a region away, empty at first', async () => {
    (await prepareAnnouncer())('Vote enregistré.');
    document.querySelector('body > [role=status]')?.remove();
    const prepared = prepareAnnouncer();
    expect(announced('status')).to.equal('');
    let heard = false;
    void prepared.then(() => (heard = true));
    await Promise.resolve().then(() => undefined);
    expect(heard).to.equal(false);
    (await prepared)('Vote retiré.');
    expect(announced('status')).to.equal('Vote retiré.');
  });
});
