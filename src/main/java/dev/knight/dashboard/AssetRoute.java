package dev.knight.dashboard;

import dev.knight.dashboard.Assets.Asset;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Serves the looks, to be kept for as long as a browser likes. */
@Singleton
final class AssetRoute {
  private final Provider<Assets> assets;

  AssetRoute(Provider<Assets> assets) {
    this.assets = assets;
  }

  void mount(@Observes Router router) {
    router.get(Assets.ROOT + "*").handler(this::serve);
  }

  private void serve(RoutingContext context) {
    Optional<Asset> asset = assets.get().at(context.normalizedPath());
    if (asset.isEmpty()) {
      context.next();
      return;
    }
    context
        .response()
        .putHeader("Content-Type", asset.get().type() + "; charset=utf-8")
        .putHeader("Cache-Control", "public, max-age=31536000, immutable")
        .end(asset.get().text());
  }
}
