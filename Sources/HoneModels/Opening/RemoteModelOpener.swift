// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Synchronization

/// Opens models behind APIs; models of one service share its connections and limits.
///
/// Keys come from the environment or from a command it names, see `KeySource`; they are read when the
/// first model of a service is opened, and kept in memory alone.
public final class RemoteModelOpener: Sendable {
  private let environment: [String: String]
  private let options: RemoteOptions
  private let transport: @Sendable (ProxyAddress?) -> any Transport
  private let services = Mutex<[String: Service]>([:])

  /// Creates an opener that reads settings and keys from an environment.
  public convenience init(
    environment: [String: String], options: RemoteOptions = RemoteOptions()
  ) {
    let limits = options.transport
    self.init(environment: environment, options: options) { NetworkTransport(limits, proxy: $0) }
  }

  init(
    environment: [String: String], options: RemoteOptions,
    transport: @escaping @Sendable (ProxyAddress?) -> any Transport
  ) {
    self.environment = environment
    self.options = options
    self.transport = transport
  }

  /// Opens a model; nothing is sent yet.
  /// - Throws: `unusableModel` for a bad name, a missing key or an address that cannot be used.
  public func open(_ name: String) async throws -> RemoteModel {
    let found = try await find(name)
    return RemoteModel(
      identity: found.identity(as: "model"), model: found.model, capabilities: found.capabilities,
      courier: found.courier)
  }

  /// Opens a model that turns texts into vectors; nothing is sent yet.
  /// - Throws: `unusableModel` as ``open(_:)`` does, and for a provider without such models.
  public func openEmbedder(_ name: String) async throws -> RemoteEmbedder {
    let found = try await find(name)
    guard let dialect = found.courier.dialect.embeddings else {
      let others = Provider.all.filter { $0.dialect.embeddings != nil }.map(\.name)
      throw ModelError(
        .unusableModel,
        "\(found.courier.service.name) has no models that turn texts into vectors; name an "
          + "embedder of \(others.joined(separator: ", ")), a server's address, or a GGUF file")
    }
    return RemoteEmbedder(
      identity: found.identity(as: "embedder"), model: found.model, dialect: dialect,
      courier: found.courier)
  }

  private func find(_ name: String) async throws -> FoundModel {
    let parsed = try RemoteModelName(name)
    switch parsed.place {
    case .provider(let word):
      guard let provider = Provider.named(word) else {
        throw ModelError(.unusableModel, "there is no provider \(word)")
      }
      return try await find(parsed.model, of: provider, name: name)
    case .addresses(let list): return try await find(parsed.model, at: list, name: name)
    }
  }

  private func find(
    _ model: String, at list: AddressList, name: String
  ) async throws -> FoundModel {
    var places: [EndpointPlace] = []
    for address in list.addresses {
      let key = try await ServerKey.key(for: address, in: environment)
      places.append(EndpointPlace(name: Self.hostAndPort(address), address: address, key: key))
    }
    let owner = places.count == 1 ? places[0].name : "the group of \(places.count) servers"
    return FoundModel(
      name: name, model: model,
      place: list.isList ? .anywhere(Provider.servers.name) : .at(list.addresses[0]),
      capabilities: Provider.servers.capabilities(model),
      courier: Courier(
        service: try service(owner, of: Provider.servers, places),
        dialect: Provider.servers.dialect))
  }

  private func find(
    _ model: String, of provider: Provider, name: String
  ) async throws -> FoundModel {
    let list = try provider.addresses(in: environment)
    let key = try await provider.key?.key(in: environment, run: KeyCommand.run)
    if let source = provider.key, provider.needsKey, key == nil {
      throw ModelError(
        .unusableModel,
        "\(provider.name) needs a key; set \(source.variables[0]), or "
          + "\(source.variables[0])_COMMAND to a command that prints it")
    }
    let isOne = list.addresses.count == 1
    let places = list.addresses.map { address in
      let name = isOne ? provider.name : "\(provider.name) at \(Self.hostAndPort(address))"
      return EndpointPlace(name: name, address: address, key: key)
    }
    let isAnywhere = list.isList || provider.isList
    return FoundModel(
      name: name, model: model,
      place: isAnywhere ? .anywhere(provider.name) : .at(list.addresses[0]),
      capabilities: provider.capabilities(model),
      courier: Courier(
        service: try service(provider.name, of: provider, places), dialect: provider.dialect))
  }

  /// The service at a provider's places, the same for all who ask.
  private func service(
    _ name: String, of provider: Provider, _ places: [EndpointPlace]
  ) throws(ModelError) -> Service {
    let id = ([provider.name] + places.map(\.address)).joined(separator: "\n")
    var proxies: [ProxyAddress?] = []
    for place in places {
      guard let url = URL(string: place.address) else {
        throw ModelError(.unusableModel, "\(place.name) has an address that cannot be read")
      }
      proxies.append(ProxyAddress(for: url, environment: environment))
    }
    return services.withLock { services in
      if let service = services[id] { return service }
      let endpoints = zip(places, proxies).map { place, proxy in
        Endpoint(place: place, transport: transport(proxy))
      }
      let service = Service(name: name, endpoints: endpoints, options: options)
      services[id] = service
      return service
    }
  }

  private static func hostAndPort(_ address: String) -> String {
    guard let url = URL(string: address) else { return address }
    return (url.host() ?? "") + (url.port.map { ":\($0)" } ?? "")
  }
}
