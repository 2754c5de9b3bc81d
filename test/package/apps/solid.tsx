import type {} from 'cap-widgets/solid';
import type { JSX } from 'solid-js';

export const Page = (): JSX.Element => (
  <cap-platform url="https://participer.valmont.example" access="public">
    <cap-project-card
      project-id="UHJvamVjdDox"
      layout="horizontal"
      attr:heading-level="2"
      prop:hide={['cover', 'themes']}
      class="wide"
      on:cap-load={({ detail, target }) => console.log(detail.tag.length, target.headingLevel + 1)}
    >
      <a href="https://participer.valmont.example/projects/velo">Vélo</a>
    </cap-project-card>
    <cap-vote-button
      proposal-id="UHJvcG9zYWw6MQ=="
      on:cap-vote-change={({ detail }) => console.log(detail.voted ? detail.count : null)}
    />
  </cap-platform>
);

export const Wrong = (): JSX.Element => (
  <>
    {/* @ts-expect-error -- There is no such layout. */}
    <cap-project-card layout="diagonal" />
    {/* @ts-expect-error -- It is a list of parts. */}
    <cap-project-card prop:hide={['price']} />
    {/* @ts-expect-error -- It has no such detail. */}
    <cap-vote-button on:cap-vote-change={({ detail }) => console.log(detail.votes)} />
    {/* @ts-expect-error -- There is no such element. */}
    <cap-project-cards />
  </>
);
