import { MissingPage } from '@/components/site/missing-page';

/** For a server without ours in front, which answers every 404 with the page beside this file. */
export default function NotFound() {
  return <MissingPage language="en" />;
}
