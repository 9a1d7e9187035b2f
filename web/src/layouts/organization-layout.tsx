import { Outlet, useParams } from 'react-router';
import { OrganizationGate, OrganizationOfAddress } from '../features/organizations/index.ts';
import { SignedIn } from '../features/session/index.ts';
import { Content, Frame } from './frame.tsx';

/** Everything under `/{organization}`. A project brings its own content, with a rail beside it. */
export function OrganizationLayout() {
  const { organization = '', project } = useParams();
  return (
    <SignedIn>
      <OrganizationOfAddress slug={organization} key={organization}>
        <Frame>
          <OrganizationGate slug={organization} around={(state) => <Content>{state}</Content>}>
            {project ? (
              <Outlet />
            ) : (
              <Content>
                <Outlet />
              </Content>
            )}
          </OrganizationGate>
        </Frame>
      </OrganizationOfAddress>
    </SignedIn>
  );
}
