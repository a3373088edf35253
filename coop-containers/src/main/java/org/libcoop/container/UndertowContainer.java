package org.libcoop.container;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Undertow, embedded. */
final class UndertowContainer implements Container {

    private @Nullable Undertow undertow;
    private @Nullable DeploymentManager manager;

    @Override
    public int start(ServerEndpointConfig endpoint, int port) throws Exception {
        DeploymentInfo deployment = Servlets.deployment()
                .setClassLoader(UndertowContainer.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("coop")
                .addFilter(Servlets.filter("peer", PeerHeader.class))
                .addFilterUrlMapping("peer", "/*", DispatcherType.REQUEST)
                .addServletContextAttribute(
                        WebSocketDeploymentInfo.ATTRIBUTE_NAME, new WebSocketDeploymentInfo().addEndpoint(endpoint));
        DeploymentManager deployed = Servlets.newContainer().addDeployment(deployment);
        deployed.deploy();
        manager = deployed;
        Undertow started = Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setHandler(deployed.start())
                .build();
        started.start();
        undertow = started;
        return ((InetSocketAddress) started.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void stop() throws ServletException {
        if (manager != null) {
            manager.stop();
            manager.undeploy();
        }
        if (undertow != null) {
            undertow.stop();
        }
    }
}
