import { Component, h, type Attributes, type ComponentChildren, type ComponentType, type FunctionComponent } from "preact";

/** A component that is drawn again only when one of its properties is another value. */
export function memo<P extends object>(component: FunctionComponent<P>): ComponentType<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      return !same(this.props, next);
    }

    override render(): ComponentChildren {
      return h(component, this.props as P & Attributes);
    }
  };
}

function same(left: object, right: object): boolean {
  const keys = Object.keys(left) as (keyof typeof left)[];
  return keys.length === Object.keys(right).length && keys.every((key) => left[key] === right[key]);
}
