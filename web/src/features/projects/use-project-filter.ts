import { useSearchParams } from 'react-router';
import { useUrlParam } from '../../url-param.ts';
import { useProjects } from './use-projects.ts';
import { useVisibilities } from './visibility-filter.tsx';

/** The projects that match what the address says, and how to change it. */
export function useProjectFilter(pageSize: number) {
  const [search, setSearch] = useUrlParam('search');
  const [, setAll] = useSearchParams();
  const visibilities = useVisibilities();
  const projects = useProjects(search, visibilities, pageSize);
  const isFiltered = search !== '' || visibilities.length > 0;
  const reset = () =>
    setAll(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete('search');
        after.delete('visibility');
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  return {
    projects,
    search,
    setSearch,
    isFiltered,
    reset,
    /** There is no project at all: then the page shows one button, and nothing to search. */
    isNothingYet: !isFiltered && projects.data?.pages[0]?.projects.length === 0,
  };
}
