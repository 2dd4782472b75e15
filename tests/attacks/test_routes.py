"""Who gets what at every address: a table of every route × role, with things of Quảng Nam that exist.

A new route fails the first test until it has its lines here. 404: it does not exist for the person; 403: it does, and
is not theirs to use; 422 and 409: let in, and the empty form was refused; 405 on everything else. No line for a
method: nobody may use it.
"""

import pytest
from django.db import transaction
from django.test import Client

from tests.attacks.addresses import fill, own_routes

PEOPLE = (
    *("stranger", "secretary", "neighbour", "officer", "leader", "administrator"),
    *("bloc_head", "top_officer", "top_admin", "sibling", "outsider", "nobody"),
)
# The plan of the others is issued; these work on a draft.
ON_DRAFT = {
    *("plans:outline", "plans:section-add", "plans:section-revise", "plans:section-move", "plans:section-delete"),
    *("plans:renumber", "plans:excel", "plans:excel-export", "plans:excel-import", "plans:excel-check", "plans:base"),
    "plans:head",
    *("targets:list", "targets:add", "targets:revise", "targets:move", "targets:delete", "targets:recode"),
    *("activities:of-draft", "activities:move", "activities:revise", "activities:delete"),
}
# These work on an activity that takes place several times.
ON_DIVIDED = {"activities:occurrence-move", "activities:occurrence-remove", "activities:filling-remind"}
# Open to strangers, and so to everybody alike.
PUBLIC = {"healthz", "reports:verify", "core:notices-stop", "activities:feed"}

TABLE = """
healthz                        GET  200 200 200 200 200 200 200 200 200 200 200 200
core:job                       GET  302 404 404 200 200 404 404 200 404 404 404 404
core:job-cancel                POST 302 404 404 302 302 404 404 302 404 404 404 404
core:job-retry                 POST 302 404 404 302 302 404 404 302 404 404 404 404
core:file                      GET  302 404 404 404 404 200 404 404 404 404 404 404
core:notices                   GET  302 200 200 200 200 200 200 200 200 200 200 200
core:notices-read              POST 302 302 302 302 302 302 302 302 302 302 302 302
core:notices-settings          GET  302 200 200 200 200 200 200 200 200 200 200 200
core:notices-settings          POST 302 302 302 302 302 302 302 302 302 302 302 302
core:notices-stop              GET  200 200 200 200 200 200 200 200 200 200 200 200
core:notices-stop              POST 200 200 200 200 200 200 200 200 200 200 200 200
accounts:units                 GET  302 200 200 200 200 200 200 200 200 200 200 200
accounts:units-export          GET  302 200 200 200 200 200 200 200 200 200 200 200
accounts:units-import          GET  302 403 403 403 403 200 403 403 200 403 403 403
accounts:units-import          POST 302 403 403 403 403 422 403 403 422 403 403 403
accounts:units-import-check    GET  302 403 403 403 403 200 403 403 302 403 403 403
accounts:units-import-check    POST 302 403 403 403 403 409 403 403 302 403 403 403
accounts:unit                  GET  302 200 404 200 200 200 200 200 200 404 404 404
accounts:unit-open             GET  302 403 404 403 403 200 403 403 200 404 404 404
accounts:unit-open             POST 302 403 404 403 403 422 403 403 422 404 404 404
accounts:unit-rename           GET  302 403 404 403 403 200 403 403 200 404 404 404
accounts:unit-rename           POST 302 403 404 403 403 422 403 403 422 404 404 404
accounts:unit-members          GET  302 403 404 403 403 200 403 403 200 404 404 404
accounts:unit-members          POST 302 403 404 403 403 422 403 403 422 404 404 404
accounts:unit-bloc             GET  302 403 404 403 403 200 403 403 200 404 404 404
accounts:unit-bloc             POST 302 403 404 403 403 422 403 403 422 404 404 404
accounts:unit-close            GET  302 403 404 403 403 200 403 403 200 404 404 404
accounts:unit-close            POST 302 403 404 403 403 422 403 403 422 404 404 404
accounts:role-grant            POST 302 403 404 403 403 422 403 403 422 404 404 404
accounts:role-end              POST 302 403 404 403 403 302 403 403 302 404 404 404
plans:list                     GET  302 200 200 200 200 200 200 200 200 200 200 200
plans:create                   GET  302 403 403 200 403 403 403 200 403 200 200 403
plans:create                   POST 302 403 403 422 403 403 403 422 403 422 422 403
plans:from-document            GET  302 403 403 200 403 403 403 200 403 200 200 403
plans:from-document            POST 302 403 403 422 403 403 403 422 403 422 422 403
plans:reading                  GET  302 404 404 200 200 404 404 200 404 404 404 404
plans:reading-head             POST 302 404 404 422 403 404 404 422 404 404 404 404
plans:reading-again            POST 302 404 404 302 403 404 404 302 404 404 404 404
plans:contradiction-seen       POST 302 404 404 302 403 404 404 302 404 404 404 404
plans:detail                   GET  302 200 200 200 200 200 200 200 200 200 404 404
plans:section-add              GET  302 404 404 200 403 404 404 200 404 404 404 404
plans:section-add              POST 302 404 404 422 403 404 404 422 404 404 404 404
plans:section-revise           GET  302 404 404 200 403 404 404 200 404 404 404 404
plans:section-revise           POST 302 404 404 422 403 404 404 422 404 404 404 404
plans:outline                  GET  302 404 404 200 403 404 404 200 404 404 404 404
plans:renumber                 GET  302 404 404 200 403 404 404 200 404 404 404 404
plans:renumber                 POST 302 404 404 302 403 404 404 302 404 404 404 404
plans:section-move             POST 302 404 404 302 403 404 404 302 404 404 404 404
plans:section-delete           GET  302 404 404 200 403 404 404 200 404 404 404 404
plans:section-delete           POST 302 404 404 302 403 404 404 302 404 404 404 404
plans:excel                    GET  302 404 404 200 403 404 404 200 404 404 404 404
plans:excel-export             GET  302 404 404 200 403 404 404 200 404 404 404 404
plans:excel-import             GET  302 404 404 200 403 404 404 200 404 404 404 404
plans:excel-import             POST 302 404 404 422 403 404 404 422 404 404 404 404
plans:excel-check              GET  302 404 404 302 403 404 404 302 404 404 404 404
plans:excel-check              POST 302 404 404 302 403 404 404 302 404 404 404 404
plans:send                     POST 302 403 403 302 403 403 403 302 403 403 404 404
plans:return                   POST 302 403 403 403 422 403 403 403 403 403 404 404
plans:issue                    POST 302 403 403 403 422 403 403 403 403 403 404 404
plans:close                    POST 302 403 403 403 302 403 403 403 403 403 404 404
plans:amend                    POST 302 403 403 302 403 403 403 302 403 403 404 404
plans:discard                  POST 302 403 403 302 403 403 403 302 403 403 404 404
plans:difference               GET  302 404 404 404 404 404 404 404 404 404 404 404
plans:coverage                 GET  302 200 200 200 200 200 200 200 200 200 404 404
plans:head                     GET  302 404 404 200 403 404 404 200 404 404 404 404
plans:head                     POST 302 404 404 422 403 404 404 422 404 404 404 404
plans:base                     GET  302 404 404 200 403 404 404 200 404 404 404 404
plans:base                     POST 302 404 404 302 403 404 404 302 404 404 404 404
activities:bases               GET  302 403 403 404 403 403 403 404 403 403 404 404
activities:bases               POST 302 403 403 404 403 403 403 404 403 403 404 404
targets:add                    GET  302 404 404 200 403 404 404 200 404 404 404 404
targets:add                    POST 302 404 404 422 403 404 404 422 404 404 404 404
targets:list                   GET  302 404 404 200 403 404 404 200 404 404 404 404
targets:revise                 GET  302 404 404 200 403 404 404 200 404 404 404 404
targets:revise                 POST 302 404 404 422 403 404 404 422 404 404 404 404
targets:move                   POST 302 404 404 302 403 404 404 302 404 404 404 404
targets:delete                 GET  302 404 404 200 403 404 404 200 404 404 404 404
targets:delete                 POST 302 404 404 302 403 404 404 302 404 404 404 404
targets:recode                 GET  302 404 404 200 403 404 404 200 404 404 404 404
targets:recode                 POST 302 404 404 302 403 404 404 302 404 404 404 404
targets:reading                GET  302 404 404 200 403 404 404 200 404 404 404 404
targets:reading-accept-sure    POST 302 404 404 302 403 404 404 302 404 404 404 404
targets:reading-add            POST 302 404 404 422 403 404 404 422 404 404 404 404
targets:proposal-accept        POST 302 404 404 409 403 404 404 409 404 404 404 404
targets:proposal-correct       POST 302 404 404 422 403 404 404 422 404 404 404 404
targets:proposal-wish          POST 302 404 404 409 403 404 404 409 404 404 404 404
targets:proposal-split         POST 302 404 404 302 403 404 404 302 404 404 404 404
targets:proposal-forget        POST 302 404 404 409 403 404 404 409 404 404 404 404
targets:proposal-merge         POST 302 404 404 409 403 404 404 409 404 404 404 404
targets:proposal-reject        POST 302 404 404 409 403 404 404 409 404 404 404 404
targets:proposal-reopen        POST 302 404 404 409 403 404 404 409 404 404 404 404
targets:indicators             GET  302 403 403 403 403 403 403 200 403 403 403 403
targets:indicator              GET  302 403 403 403 403 403 403 200 403 403 403 403
targets:indicator-confirm      POST 302 403 403 403 403 403 403 302 403 403 403 403
targets:indicator-merge        POST 302 403 403 403 403 403 403 422 403 403 403 403
targets:allocations            GET  302 200 200 200 200 404 404 200 404 200 404 404
targets:allocations            POST 302 403 403 422 403 404 404 422 404 422 404 404
targets:split                  POST 302 403 403 200 403 404 404 200 404 404 404 404
targets:share                  GET  302 200 404 200 200 404 404 200 404 404 404 404
targets:propose                POST 302 422 404 403 403 404 404 403 404 404 404 404
targets:adjustments            GET  302 200 200 200 200 404 404 200 404 200 404 404
targets:adjustment-withdraw    POST 302 404 302 403 403 404 404 403 404 404 404 404
targets:adjustment-accept      POST 302 404 403 422 403 404 404 422 404 404 404 404
targets:adjustment-decline     POST 302 404 403 422 403 404 404 422 404 404 404 404
targets:shares-export          GET  302 404 404 200 200 404 404 200 404 200 404 404
targets:shares-import          GET  302 403 403 200 403 404 404 200 404 200 404 404
targets:shares-import          POST 302 403 403 422 403 404 404 422 404 422 404 404
targets:shares-check           GET  302 403 403 302 403 404 404 302 404 302 404 404
targets:shares-check           POST 302 403 403 302 403 404 404 302 404 302 404 404
activities:reading             GET  302 404 404 200 403 404 404 200 404 404 404 404
activities:reading-accept-sure POST 302 404 404 302 403 404 404 302 404 404 404 404
activities:reading-add         POST 302 404 404 422 403 404 404 422 404 404 404 404
activities:proposal-accept     POST 302 404 404 409 403 404 404 409 404 404 404 404
activities:proposal-correct    POST 302 404 404 422 403 404 404 422 404 404 404 404
activities:proposal-wish       POST 302 404 404 409 403 404 404 409 404 404 404 404
activities:proposal-split      POST 302 404 404 302 403 404 404 302 404 404 404 404
activities:proposal-forget     POST 302 404 404 409 403 404 404 409 404 404 404 404
activities:proposal-reject     POST 302 404 404 409 403 404 404 409 404 404 404 404
activities:proposal-reopen     POST 302 404 404 409 403 404 404 409 404 404 404 404
activities:reading-sending     GET  302 404 404 200 403 404 404 200 404 404 404 404
activities:reading-seen        POST 302 404 404 302 403 404 404 302 404 404 404 404
activities:board               GET  302 200 200 200 200 200 200 200 200 200 200 200
activities:month               GET  302 200 200 200 200 200 200 200 200 200 200 200
activities:week                GET  302 200 200 200 200 200 200 200 200 200 200 200
activities:timeline            GET  302 200 200 200 200 200 200 200 200 200 200 200
activities:list                GET  302 200 200 200 200 200 200 200 200 200 200 200
activities:create              GET  302 200 200 200 403 403 200 200 403 200 200 403
activities:create              POST 302 422 422 422 403 403 422 422 403 422 422 403
activities:detail              GET  302 200 404 200 200 200 404 200 200 404 404 404
activities:of-draft            GET  302 404 404 200 403 404 404 200 404 404 404 404
activities:move                POST 302 404 404 302 403 404 404 302 404 404 404 404
activities:revise              GET  302 404 404 200 403 404 404 200 404 404 404 404
activities:revise              POST 302 404 404 422 403 404 404 422 404 404 404 404
activities:delete              GET  302 404 404 200 403 404 404 200 404 404 404 404
activities:delete              POST 302 404 404 302 403 404 404 302 404 404 404 404
activities:start               POST 302 302 404 302 403 403 404 302 403 404 404 404
activities:done                POST 302 422 404 422 403 403 404 422 403 404 404 404
activities:postpone            POST 302 422 404 422 403 403 404 422 403 404 404 404
activities:cancel              POST 302 422 404 422 403 403 404 422 403 404 404 404
activities:arrange             GET  302 200 404 200 403 403 404 200 403 404 404 404
activities:arrange             POST 302 302 404 302 403 403 404 302 403 404 404 404
activities:file-add            POST 302 302 404 302 403 403 404 302 403 404 404 404
activities:file-withdraw       POST 302 302 404 302 403 403 404 302 403 404 404 404
activities:outcome-files       GET  302 200 404 200 200 404 404 200 404 404 404 404
activities:outcome-files       POST 302 302 404 302 403 404 404 302 404 404 404 404
activities:outcome-file-withdraw POST 302 302 404 302 403 404 404 302 404 404 404 404
activities:comments            GET  302 200 404 200 200 200 404 200 200 404 404 404
activities:comments            POST 302 422 404 422 403 403 404 422 403 404 404 404
activities:comment             GET  302 302 404 302 302 404 404 302 404 404 404 404
activities:comment-withdraw    POST 302 302 404 403 403 404 404 403 404 404 404 404
activities:occurrences         GET  302 200 404 200 403 403 404 200 403 404 404 404
activities:occurrences         POST 302 422 404 422 403 403 404 422 403 404 404 404
activities:occurrences-number  POST 302 302 404 302 403 403 404 302 403 404 404 404
activities:occurrence-add      POST 302 302 404 302 403 403 404 302 403 404 404 404
activities:occurrence-move     POST 302 302 404 302 403 403 404 302 403 404 404 404
activities:occurrence-remove   POST 302 302 404 302 403 403 404 302 403 404 404 404
activities:filling             GET  302 200 404 200 200 403 404 200 403 404 404 404
activities:filling-remind      POST 302 403 404 302 403 403 404 302 403 404 404 404
activities:to-record           GET  302 200 200 200 403 403 403 200 403 200 200 403
activities:recording           GET  302 200 404 200 403 403 404 200 403 404 404 404
activities:recording           POST 302 422 404 422 403 403 404 422 403 404 404 404
activities:outcome             GET  302 200 404 200 200 404 404 200 404 404 404 404
activities:feed                GET  200 200 200 200 200 200 200 200 200 200 200 200
activities:feeds               GET  302 200 200 200 200 200 200 200 200 200 200 403
activities:feeds               POST 302 200 200 200 200 200 200 200 200 200 200 403
activities:feed-renew          POST 302 200 404 404 404 404 404 404 404 404 404 404
activities:feed-revoke         POST 302 302 404 404 404 404 404 404 404 404 404 404
activities:register            GET  302 200 200 200 403 403 200 200 403 200 404 404
activities:register            POST 302 422 422 422 403 403 422 422 403 422 404 404
activities:registering         GET  302 200 200 200 200 200 200 200 200 200 404 404
activities:take-over           GET  302 403 403 404 403 403 403 404 403 403 404 404
activities:take-over           POST 302 403 403 404 403 403 403 404 403 403 404 404
activities:covering            GET  302 200 200 200 200 200 200 200 200 200 404 404
activities:calendar-export     GET  302 200 200 200 200 200 200 200 200 200 200 200
activities:outcomes-workbook   GET  302 403 403 200 403 403 403 200 403 403 404 404
activities:outcomes-import     GET  302 403 403 200 403 403 403 200 403 403 404 404
activities:outcomes-import     POST 302 403 403 422 403 403 403 422 403 403 404 404
activities:outcomes-check      GET  302 403 403 302 403 403 403 302 403 403 404 404
activities:outcomes-check      POST 302 403 403 302 403 403 403 302 403 403 404 404
activities:registrations       GET  302 200 200 200 403 403 200 200 403 200 200 403
activities:registrations-approve POST 302 302 302 302 403 403 302 302 403 302 302 403
activities:registrations-return POST 302 422 422 422 403 403 422 422 403 422 422 403
activities:registration        GET  302 200 404 200 404 404 404 200 404 404 404 404
activities:registration-again  GET  302 200 404 200 404 404 404 200 404 404 404 404
activities:registration-again  POST 302 422 404 422 404 404 404 422 404 404 404 404
activities:registration-approve POST 302 403 404 302 404 404 404 302 404 404 404 404
activities:registration-return POST 302 403 404 422 404 404 404 422 404 404 404 404
activities:registration-withdraw POST 302 302 404 302 404 404 404 302 404 404 404 404
reports:home                   GET  302 302 302 200 302 302 200 200 302 200 200 200
reports:own                    GET  302 200 200 200 200 200 200 200 200 200 200 200
reports:review                 GET  302 403 403 200 403 403 403 200 403 200 200 403
reports:approve-summary        POST 302 403 403 302 403 403 403 302 403 302 302 403
reports:phrases                GET  302 403 403 200 403 403 403 200 403 200 200 403
reports:phrases                POST 302 403 403 422 403 403 403 422 403 422 422 403
reports:phrase-remove          POST 302 403 403 302 403 403 403 404 403 404 404 403
reports:approve-many           POST 302 403 403 302 403 403 403 302 403 302 302 403
reports:lateness               GET  302 200 200 200 200 403 403 200 403 200 200 403
reports:remind-all             POST 302 403 403 302 403 403 403 302 403 302 302 403
reports:remind                 POST 302 403 404 302 403 403 403 302 403 404 404 404
reports:month-import           GET  302 200 200 200 403 403 403 200 403 200 200 403
reports:month-import           POST 302 422 422 422 403 403 403 422 403 422 422 403
reports:month-workbook         GET  302 200 200 200 200 403 403 200 403 200 200 403
reports:month-check            GET  302 302 302 302 403 403 403 302 403 302 302 403
reports:month-check            POST 302 302 302 302 403 403 403 302 403 302 302 403
reports:unit-import            GET  302 200 404 200 403 403 403 200 403 404 404 404
reports:unit-import            POST 302 422 404 422 403 403 403 422 403 404 404 404
reports:unit-workbook          GET  302 200 404 200 200 403 200 200 403 404 404 404
reports:unit-check             GET  302 302 404 302 403 403 403 302 403 404 404 404
reports:unit-check             POST 302 302 404 302 403 403 403 302 403 404 404 404
reports:report                 GET  302 200 404 200 200 403 200 200 403 404 404 404
reports:autosave               POST 302 409 404 409 403 403 403 409 403 404 404 404
reports:save                   POST 302 302 404 302 403 403 403 302 403 404 404 404
reports:submit                 POST 302 302 404 302 403 403 403 302 403 404 404 404
reports:evidence-add           POST 302 302 404 302 403 403 403 302 403 404 404 404
reports:evidence-withdraw      POST 302 302 404 302 403 403 403 302 403 404 404 404
reports:approve                POST 302 403 404 302 403 403 403 302 403 404 404 404
reports:return                 POST 302 403 404 422 403 403 403 422 403 404 404 404
reports:reopen                 POST 302 403 404 422 403 403 403 422 403 404 404 404
reports:extension              GET  302 200 404 200 403 200 403 200 200 404 404 404
reports:extension              POST 302 403 404 422 403 422 403 422 422 404 404 404
reports:extension-ask          POST 302 422 404 403 403 403 403 403 403 404 404 404
reports:extension-decline      POST 302 403 404 422 403 422 403 422 422 404 404 404
reports:extension-end          POST 302 403 404 302 403 302 403 302 302 404 404 404
reports:self-audit             GET  302 403 403 403 403 403 403 403 200 403 403 403
reports:periods                GET  302 403 403 403 403 200 403 403 200 403 403 403
reports:periods                POST 302 403 403 403 403 403 403 403 422 403 403 403
reports:rule-keep              POST 302 403 403 403 403 422 403 403 422 403 403 403
reports:rule-end               POST 302 403 403 403 403 302 403 403 302 403 403 403
reports:period-open            POST 302 403 403 403 403 403 403 403 302 403 403 403
reports:period-days            GET  302 403 403 403 403 200 403 403 200 403 403 403
reports:period-days            POST 302 403 403 403 403 422 403 403 422 403 403 403
reports:period-bounds          POST 302 403 403 403 403 403 403 403 422 403 403 403
reports:period-part            POST 302 403 403 403 403 422 403 403 422 403 403 403
reports:period-part-end        POST 302 403 403 403 403 302 403 403 302 403 403 403
reports:dashboard-own          GET  302 302 302 302 302 403 302 302 403 302 302 403
reports:dashboard              GET  302 200 404 200 200 403 200 200 403 404 404 404
reports:units                  GET  302 302 404 302 302 403 302 302 403 404 404 404
reports:compare                GET  302 302 404 302 302 403 302 302 403 404 404 404
reports:bloc                   GET  302 404 404 404 404 403 302 404 403 404 404 404
reports:target                 GET  302 200 404 200 200 403 200 200 403 404 404 404
reports:documents              GET  302 403 403 200 200 403 403 200 403 200 200 403
reports:documents-export       GET  302 403 403 200 200 403 403 200 403 200 200 403
reports:document-ask           POST 302 403 403 422 422 403 403 422 403 422 422 403
reports:document               GET  302 404 404 200 200 404 404 200 404 404 404 404
reports:document-pdf           GET  302 404 404 404 404 404 404 404 404 404 404 404
reports:document-word          GET  302 404 404 200 200 404 404 200 404 404 404 404
reports:document-excel         GET  302 404 404 200 200 404 404 200 404 404 404 404
reports:document-issue         POST 302 404 404 403 422 404 404 403 404 404 404 404
reports:document-replace       POST 302 404 404 302 302 404 404 302 404 404 404 404
reports:document-again         POST 302 404 404 302 302 404 404 302 404 404 404 404
reports:document-words         GET  302 404 404 200 200 404 404 200 404 404 404 404
reports:document-words         POST 302 404 404 422 422 404 404 422 404 404 404 404
reports:document-words-prefilled POST 302 404 404 200 200 404 404 200 404 404 404 404
reports:document-words-replaced POST 302 404 404 404 404 404 404 404 404 404 404 404
reports:document-words-version GET  302 404 404 200 200 404 404 200 404 404 404 404
reports:document-words-changes GET  302 404 404 200 200 404 404 200 404 404 404 404
reports:document-words-restore POST 302 404 404 302 302 404 404 302 404 404 404 404
reports:scorecards             GET  302 404 404 200 200 404 404 200 404 404 404 404
reports:scorecard-ask          POST 302 404 404 422 422 404 404 422 404 404 404 404
reports:scorecards-all         POST 302 404 404 404 404 404 404 404 404 404 404 404
reports:dispatch-ask           GET  302 403 403 200 200 403 403 200 403 200 200 403
reports:dispatch-ask           POST 302 403 403 422 422 403 403 422 403 422 422 403
reports:plan-paper             GET  302 403 403 200 200 403 403 200 403 403 404 404
reports:plan-paper             POST 302 403 403 302 302 403 403 302 403 403 404 404
reports:allocation-paper       GET  302 403 403 200 200 404 404 200 404 200 404 404
reports:allocation-paper       POST 302 403 403 302 302 404 404 302 404 302 404 404
reports:calendar-paper         GET  302 403 403 200 200 403 403 200 403 200 200 403
reports:calendar-paper         POST 302 403 403 422 422 403 403 422 403 422 422 403
reports:verify                 GET  404 404 404 404 404 404 404 404 404 404 404 404
"""


def _table() -> dict[tuple[str, str], list[int]]:
    rows = [line.split() for line in TABLE.strip().splitlines()]
    return {(name, method): [int(status) for status in found] for name, method, *found in rows}


def test_every_route_has_its_line():
    assert {name for name, _method in _table()} == set(own_routes())


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_route_for_every_role(place, method):
    table, clients = _table(), _clients(place)
    wrong = []
    for name, route in own_routes().items():
        wished = table.get((name, method)) or [405 if name in PUBLIC else 302] + [405] * len(place.people)
        words = _words_for(place, name, route)
        address = fill(route, words)
        found = [_ask(client, method, address) for client in clients]
        wrong += [
            f"{name} {method} as {who}: {got}, not {wish}"
            for who, got, wish in zip(PEOPLE, found, wished, strict=True)
            if got != wish
        ]
    assert wrong == []


def _words_for(place, name: str, route: str) -> dict[str, object]:
    if "/reading/" in route:
        words = {**place.words, "plan_id": place.words["reading_id"]}
        if name.startswith("activities:"):
            words["proposal_id"] = words["activity_proposal_id"]
        return words
    if name in ON_DIVIDED:
        return {**place.words, "activity_id": place.words["divided_id"]}
    return {**place.words, **(place.draft_words if name in ON_DRAFT else {})}


def _clients(place) -> list[Client]:
    clients = [Client(raise_request_exception=False) for _who in PEOPLE]
    for who, client in zip(PEOPLE, clients, strict=True):
        if who != "stranger":
            client.force_login(place.people[who])
    return clients


def _ask(client: Client, method: str, address: str) -> int:
    """The status; what the request did is undone."""
    with transaction.atomic():
        status = client.generic(method, address, content_type="application/x-www-form-urlencoded").status_code
        transaction.set_rollback(True)
    return status
