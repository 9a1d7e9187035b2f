import { Outlet, useParams } from 'react-router';
import { OrganizationGate, OrganizationOfAddress } from '../features/organizations/index.ts';
import { SignedIn } from '../features/session/index.ts';
import { Content, Frame } from './frame.tsx';

/** Everything under `/{organization}`. A project brings its own content, with a rail beside it. */
export function OrganizationLayout() {
  const { organization = '', project } = useParams();
  const outlet = (
    <OrganizationGate slug={organization}>
      <Outlet />
    </OrganizationGate>
  );
  return (
    <SignedIn>
      <OrganizationOfAddress slug={organization} key={organization}>
        <Frame>{project ? outlet : <Content>{outlet}</Content>}</Frame>
      </OrganizationOfAddress>
    </SignedIn>
  );
}
