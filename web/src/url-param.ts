import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/**
 * One parameter of the address, such as the open tab or dialog; empty when it is not there. Setting it to empty takes
 * it out. `push` leaves a step in the history, so that Back closes a dialog; without it the step is replaced.
 */
export function useUrlParam(name: string): [value: string, set: (value: string, how?: 'push' | 'replace') => void] {
  const [search, setSearch] = useSearchParams();
  const set = useCallback(
    (value: string, how: 'push' | 'replace' = 'replace') => {
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          if (value) after.set(name, value);
          else after.delete(name);
          return after;
        },
        { replace: how === 'replace', preventScrollReset: true },
      );
    },
    [name, setSearch],
  );
  return [search.get(name) ?? '', set];
}

/** Addresses of this page with one parameter set, the others kept: for links that open a panel over a list. */
export function useParamLink(name: string): (value: string) => string {
  const [search] = useSearchParams();
  return (value) => {
    const after = new URLSearchParams(search);
    after.set(name, value);
    return `?${after}`;
  };
}
