import { TransportProvider, useQuery } from '@connectrpc/connect-query';
import { OrganizationService } from '@muster/api/organization';
import { useEffect, type ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { Loaded, organizationName, organizationTransport } from '../../api/index.ts';
import { withPart } from '../../paths.ts';
import { OrganizationContext } from './current-organization.ts';
import { rememberOrganization } from './last-organization.ts';

interface OrganizationProps {
  /** The slug in the address. */
  slug: string;
  children: ReactNode;
}

const useOrganizationQuery = (slug: string) =>
  useQuery(OrganizationService.method.getOrganization, { name: organizationName(slug) }, { staleTime: 30_000 });

/** Every call below it names the organization of the address; its bar knows the organization once it is loaded. */
export function OrganizationOfAddress({ slug, children }: OrganizationProps) {
  return (
    <TransportProvider transport={organizationTransport(slug)}>
      <WithOrganization slug={slug}>{children}</WithOrganization>
    </TransportProvider>
  );
}

function WithOrganization({ slug, children }: OrganizationProps) {
  const { data } = useOrganizationQuery(slug);
  const current = data?.slug;
  useEffect(() => {
    if (current) rememberOrganization(current);
  }, [current]);
  return <OrganizationContext value={data ?? null}>{children}</OrganizationContext>;
}

interface OrganizationGateProps extends OrganizationProps {
  /** Puts the states before the organization is there into the place of a page. */
  around: (state: ReactNode) => ReactNode;
}

/** Lets the page through once the organization is there. */
export function OrganizationGate({ slug, around, children }: OrganizationGateProps) {
  const query = useOrganizationQuery(slug);
  const location = useLocation();
  // An id, or a slug the organization had before, leads to the address of today.
  const here = query.data?.slug;
  if (here && here !== slug) return <Navigate to={withPart(location, 1, here)} replace />;
  if (query.data) return children;
  return around(
    <Loaded query={query} page>
      {() => null}
    </Loaded>,
  );
}
