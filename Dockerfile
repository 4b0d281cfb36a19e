FROM denoland/deno:2.9.6
WORKDIR /app
COPY . .
# As root, and with everything that needs a network: the service's user can change nothing but ./data.
RUN deno install --frozen && deno task build && deno cache main.ts && mkdir data && chown deno:deno data
USER deno
ENV HOST=0.0.0.0
VOLUME /app/data
EXPOSE 8000
CMD ["deno", "task", "start"]
