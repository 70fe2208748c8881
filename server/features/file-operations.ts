import type { LoomServices } from '@memloom/language';
import { URI, UriUtils } from 'langium';
import type { FileOperationHandler, LangiumSharedServices } from 'langium/lsp';
import type { RenameFilesParams, TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { filePaths } from './file-paths.ts';

const everything = { filters: [{ scheme: 'file', pattern: { glob: '**/*' } }] };

/** Keeps the paths in texts true when files or folders are renamed or moved: imports, data and weights. */
export const fileOperationHandler = (shared: LangiumSharedServices): FileOperationHandler => ({
  fileOperationOptions: { willRename: everything },
  willRenameFiles: ({ files }: RenameFilesParams): WorkspaceEdit => {
    const moved = (uri: URI) => movedUri(uri, files);
    const changes: Record<string, TextEdit[]> = {};
    for (const document of shared.workspace.LangiumDocuments.all) {
      // There is one language.
      const services = shared.ServiceRegistry.getServices(document.uri) as LoomServices;
      if (services.library.has(document.uri)) continue;
      const folder = UriUtils.dirname(moved(document.uri));
      const edits = filePaths(document, services).flatMap(({ path, range, target }): readonly TextEdit[] => {
        if (path === undefined) return [];
        const unchanged =
          UriUtils.equals(moved(target), target) && UriUtils.equals(moved(document.uri), document.uri);
        const newPath = UriUtils.relative(folder, moved(target));
        return unchanged || newPath === path ? [] : [{ range, newText: `"${newPath}"` }];
      });
      if (edits.length > 0) changes[document.uri.toString()] = edits;
    }
    return { changes };
  },
});

/** Where a file is after the renaming: itself, or along with a folder around it. */
function movedUri(uri: URI, files: RenameFilesParams['files']): URI {
  const text = uri.toString();
  for (const { oldUri, newUri } of files) {
    const from = URI.parse(oldUri).toString();
    if (text === from) return URI.parse(newUri);
    if (text.startsWith(`${from}/`))
      return URI.parse(`${URI.parse(newUri).toString()}${text.slice(from.length)}`);
  }
  return uri;
}
