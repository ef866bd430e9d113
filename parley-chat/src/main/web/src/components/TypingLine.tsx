import type { VNode } from "preact";
import type { Typist } from "../model/state.ts";
import { typingWords } from "../model/words.ts";

export function TypingLine({ typists }: { readonly typists: readonly Typist[] }): VNode {
  const words = typingWords(typists.map((typist) => typist.user));
  return (
    <p class="typing">
      {words !== "" && (
        <>
          <span class="dots" aria-hidden="true">
            <i /><i /><i />
          </span>
          <bdi>{words}</bdi>
        </>
      )}
    </p>
  );
}
