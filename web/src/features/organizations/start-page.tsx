import { useQuery } from '@connectrpc/connect-query';
import { OrganizationService } from '@muster/api/organization';
import { Navigate } from 'react-router';
import { Loaded } from '../../api/index.ts';
import { lastOrganization } from './last-organization.ts';
import { startAddress } from './start-address.ts';

/** `/`: sends a person on to where the work is. */
export function StartPage() {
  const list = useQuery(OrganizationService.method.listOrganizations, { pageSize: 1000 });
  return (
    <Loaded query={list}>
      {({ organizations }) => (
        <Navigate
          replace
          to={startAddress(
            organizations.map(({ slug }) => slug),
            lastOrganization(),
          )}
        />
      )}
    </Loaded>
  );
}
