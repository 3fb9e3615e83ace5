import type { Viewer } from '@/features/access/viewer';
import type { FolderPage, GraphPage, NotePage, Preview, TagPage, TagsPage, VaultCard, VaultFeed } from './page';

// Signatures; the bodies are being written.
export declare function listVaults(viewer: Viewer): Promise<VaultCard[]>;
export declare function readNote(viewer: Viewer, vault: string, address: string): Promise<NotePage | null>;
export declare function readTags(viewer: Viewer, vault: string): Promise<TagsPage | null>;
export declare function readTag(viewer: Viewer, vault: string, tag: string): Promise<TagPage | null>;
export declare function readFolder(viewer: Viewer, vault: string, folder: string): Promise<FolderPage | null>;
export declare function readGraph(viewer: Viewer, vault: string): Promise<GraphPage | null>;
export declare function readFeed(viewer: Viewer, vault: string): Promise<VaultFeed | null>;
export declare function readPreview(viewer: Viewer, vault: string, address: string): Promise<Preview | null>;
export declare function listAddresses(viewer: Viewer): AsyncIterable<{ href: string; publishedAt: string; translations: { language: string; href: string }[] }[]>;
