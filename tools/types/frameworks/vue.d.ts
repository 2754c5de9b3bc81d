/** The tags in the templates of Vue 3: `import type {} from 'cap-widgets/vue'`. */
import type { DefineComponent } from 'vue';

import type { CustomElements } from './tags.js';

type Camel<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Name;

/** Vue knows `oncap-load` as `@cap-load`, whose property is `onCapLoad`. */
type VueProps<Props> = {
  [Name in keyof Props as Name extends `oncap-${infer Event}` ? `onCap${Capitalize<Camel<Event>>}` : Name]: Props[Name];
};

type VueElements = { [Tag in keyof CustomElements]: DefineComponent<VueProps<CustomElements[Tag]>> };

declare module 'vue' {
  interface GlobalComponents extends VueElements {}
}
