import { type ConfigurationInitializedParams, DefaultConfigurationProvider } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import {
  CodeLensRefreshRequest,
  type DidChangeConfigurationParams,
  type InitializeParams,
} from 'vscode-languageserver-protocol';
import { offer } from './client-requests.ts';
import type { SettingsStore } from './settings.ts';

/** The section of the settings, in VS Code and in any other editor. */
const section = 'memloom';

/** Keeps the settings as the client says: in its initialisation options, when asked, and when it tells of a change. */
export class LoomConfigurationProvider extends DefaultConfigurationProvider {
  private refreshesHints = false;
  private refreshesLenses = false;

  constructor(
    private readonly services: LangiumSharedServices,
    private readonly store: SettingsStore,
  ) {
    super(services);
  }

  override initialize(params: InitializeParams): void {
    super.initialize(params);
    this.refreshesHints = params.capabilities.workspace?.inlayHint?.refreshSupport === true;
    this.refreshesLenses = params.capabilities.workspace?.codeLens?.refreshSupport === true;
    const options: unknown = params.initializationOptions;
    const isSectioned = typeof options === 'object' && options !== null && section in options;
    this.store.set(isSectioned ? (options as Record<string, unknown>)[section] : options);
  }

  /** A client that refuses to tell its settings is served with those that stand. */
  override initialized(params: ConfigurationInitializedParams): Promise<void> {
    const { fetchConfiguration: fetch } = params;
    if (!fetch) return super.initialized(params);
    return super.initialized({
      ...params,
      fetchConfiguration: (items) => fetch(items).catch(() => items.map(() => undefined)),
    });
  }

  /** Some clients send `null` and expect to be asked. */
  override updateConfiguration(change: DidChangeConfigurationParams): void {
    if (change.settings !== null) super.updateConfiguration(change);
    else if (this.workspaceConfig) offer(this.ask());
  }

  protected override updateSectionConfiguration(name: string, configuration: unknown): void {
    if (name !== section || configuration === null || configuration === undefined) return;
    this.store.set(configuration);
    if (this.refreshesHints) offer(this.services.lsp.Connection?.languages.inlayHint.refresh());
    if (this.refreshesLenses) offer(this.services.lsp.Connection?.sendRequest(CodeLensRefreshRequest.type));
  }

  protected override toSectionName(): string {
    return section;
  }

  private async ask(): Promise<void> {
    const configuration: unknown = await this.services.lsp.Connection?.workspace.getConfiguration(section);
    this.updateSectionConfiguration(section, configuration);
  }
}
