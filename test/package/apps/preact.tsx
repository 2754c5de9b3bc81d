import type {} from 'cap-widgets/preact';
import type { ComponentChildren } from 'preact';

export const Page = (): ComponentChildren => (
  <cap-platform url="https://participer.valmont.example" access="public">
    <cap-project-card
      project-id="UHJvamVjdDox"
      layout="horizontal"
      hide="cover themes"
      heading-level="2"
      class="wide"
      oncap-load={({ detail, target }) => console.log(detail.tag.length, target.headingLevel + 1)}
    >
      <a href="https://participer.valmont.example/projects/velo">Vélo</a>
    </cap-project-card>
    <cap-project-list first={6} status="open" structured-data />
    <cap-vote-button
      proposal-id="UHJvcG9zYWw6MQ=="
      oncap-vote-change={({ detail }) => console.log(detail.voted ? detail.count : null)}
      oncap-error={({ detail }) => console.log(detail.code === 'offline', detail.retryable)}
    />
  </cap-platform>
);

export const Wrong = (): ComponentChildren => (
  <>
    {/* @ts-expect-error -- There is no such layout. */}
    <cap-project-card layout="diagonal" />
    {/* @ts-expect-error -- It is a number. */}
    <cap-project-card heading-level="two" />
    {/* @ts-expect-error -- It has no such detail. */}
    <cap-vote-button oncap-vote-change={({ detail }) => console.log(detail.votes)} />
    {/* @ts-expect-error -- There is no such element. */}
    <cap-project-cards />
  </>
);
